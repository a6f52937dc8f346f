import type { Evaluation } from "@unnoise/lib";
import { histogram } from "./charts.ts";
import { at, gallery } from "./gallery.ts";
import { html, made, type Markup } from "./markup.ts";
import type { Pictures } from "./report.ts";
import { decimals } from "./say.ts";

const SHOWN = 12;

/** How near each picture came to the one that it was meant to be. */
export function pairsSection(
  { pairs }: Evaluation,
  { generated, real }: Pictures,
  names: readonly string[] | undefined,
): Markup | undefined {
  if (pairs === undefined) return undefined;
  const { psnr, ssim } = pairs;
  const worst = Array.from(psnr.keys()).sort((a, b) => psnr[a]! - psnr[b]!).slice(0, SHOWN);
  const equal = psnr.filter((value) => value === Infinity).length;
  const chart = (name: string, values: readonly number[], axis: string) =>
    html`<figure><figcaption>${name} of each pair</figcaption>${
      made(histogram([{ name: "generated", values }], { label: `${name} of ${values.length} pairs`, axis }))
    }</figure>`;
  return html`<section>
<h2>Pair by pair</h2>
<p>Each generated picture beside the real one of the same name.${
    equal === 0 ? "" : ` ${equal} are equal to the last bit.`
  }</p>
<div class="charts">${equal === psnr.length ? undefined : chart("PSNR", psnr, "dB")}${
    ssim === undefined ? undefined : chart("SSIM", ssim, "SSIM")
  }</div>
<h3>The farthest apart: generated, and real</h3>
${
    gallery(worst.map((i) => ({
      pictures: [
        { picture: at(generated, i), alt: names?.[i] ?? `generated ${i + 1}` },
        { picture: at(real, i), alt: `real ${i + 1}` },
      ],
      caption: `${decimals(psnr[i]!)} dB${ssim === undefined ? "" : `, SSIM ${decimals(ssim[i]!, 3)}`}`,
    })))
  }
</section>`;
}
