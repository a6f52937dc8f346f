import type { Evaluation } from "@unnoise/lib";
import { html, type Markup } from "./markup.ts";
import { decimals, hasFirstFive, mean, percent } from "./say.ts";

/** The figures that one looks for first. */
export function headlines(evaluation: Evaluation): Markup[] {
  return [pairs, judged, frechet, nearest].flatMap((part) => part(evaluation));
}

function headline(what: string, figure: string, small: string, bad = false): Markup {
  return html`<li><span>${what}</span><b class="${bad ? "bad" : "good"}">${figure}</b><small>${small}</small></li>`;
}

function pairs({ pairs }: Evaluation): Markup[] {
  if (pairs === undefined) return [];
  const psnr = headline("PSNR", `${decimals(mean(pairs.psnr))} dB`, "mean over all pairs; more is nearer");
  if (pairs.ssim === undefined) return [psnr];
  return [psnr, headline("SSIM", decimals(mean(pairs.ssim), 3), "mean over all pairs; 1 is equal")];
}

function judged({ judged = {} }: Evaluation): Markup[] {
  const outputs = Object.keys(judged);
  return outputs.flatMap((output) => {
    const { labels, generated: { share, firstFive }, real } = judged[output]!;
    if (share === undefined) return [];
    const what = outputs.length === 1 ? "Shows what was asked for" : `Shows the ${output} that was asked for`;
    const beside = [
      ...(hasFirstFive(labels) ? [`among the judge's first five: ${percent(firstFive!)}`] : []),
      ...(real.share === undefined ? [] : [`real pictures: ${percent(real.share)}`]),
    ];
    return [headline(what, percent(share), beside.length === 0 ? "by the judge's first guess" : beside.join("; "))];
  });
}

function frechet({ frechet }: Evaluation): Markup[] {
  if (frechet === undefined) return [];
  const { distance, yardstick } = frechet;
  return [headline("Fréchet distance", distance.toPrecision(3), against(yardstick))];
}

function against(yardstick: NonNullable<Evaluation["frechet"]>["yardstick"]): string {
  if (yardstick === undefined) return "of generated to real pictures; less is nearer";
  const { count, generated, real } = yardstick;
  const times = (generated / real).toPrecision(2);
  return `over ${count} pictures each: ${generated.toPrecision(3)}, and real against real ${real.toPrecision(3)}${
    real > 0 ? `: ${times} times as far` : ""
  }`;
}

const verdicts = { new: "New", nearer: "New, but typical", copies: "Copies" } as const;

function nearest({ nearest }: Evaluation): Markup[] {
  if (nearest === undefined) return [];
  const { generated, copying: { verdict, copies, expected } } = nearest;
  const small = `${copies.length} of ${generated.length} look copied from the training set; of real pictures ${
    percent(expected)
  } would`;
  return [headline("Memorised or new?", verdicts[verdict], small, verdict === "copies")];
}
