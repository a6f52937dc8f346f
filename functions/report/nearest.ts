import type { Evaluation } from "@unnoise/lib";
import { histogram } from "./charts.ts";
import { at, gallery } from "./gallery.ts";
import { html, made, type Markup } from "./markup.ts";
import type { Pictures } from "./report.ts";
import { percent } from "./say.ts";

const SHOWN = 12;

/** Whether the model draws its training pictures again: distances, and the nearest pairs to look at. */
export function nearestSection(
  { nearest }: Evaluation,
  { generated, training }: Pictures,
  names: readonly string[] | undefined,
): Markup | undefined {
  if (nearest === undefined || training === undefined) return undefined;
  const { by, copying: { copies, nearer, verdict, z } } = nearest;
  const copied = new Set(copies);
  const closest = Array.from(nearest.generated.keys())
    .sort((a, b) => closeness(nearest.generated[a]!) - closeness(nearest.generated[b]!)).slice(0, SHOWN);
  const distances = (neighbours: typeof nearest.real) => neighbours.map(({ distance }) => distance);
  const chart = histogram([
    { name: "real", values: distances(nearest.real) },
    { name: "generated", values: distances(nearest.generated) },
  ], {
    label: `Distances to the nearest training picture, generated and real`,
    axis: `distance to the nearest training picture, by ${by}`,
  });
  return html`<section>
<h2>Memorised or new?</h2>
<p>${sentences[verdict]} A generated picture lies nearer to the training set than a real one that was not in it in ${
    percent(nearer)
  } of all comparisons (50 % would be as near; ${Math.abs(z).toFixed(1)} standard deviations ${
    z < 0 ? "farther" : "nearer"
  }).</p>
<div class="charts"><figure><figcaption>Distance to the nearest training picture: <i class="generated">generated</i> and <i class="real">real</i> pictures.</figcaption>${
    made(chart)
  }</figure></div>
<h3>The nearest ones: generated, and the training picture</h3>
<p class="soft">Below: how far the training picture is away, and how far the nearest ones are on average.</p>
${
    gallery(closest.map((i) => {
      const { index, distance, crowd } = nearest.generated[i]!;
      const places = distance === 0 ? "equal" : `at ${distance.toPrecision(3)}; on average ${crowd.toPrecision(3)}`;
      return {
        pictures: [
          { picture: at(generated, i), alt: names?.[i] ?? `generated ${i + 1}` },
          { picture: at(training, index), alt: `training picture ${index + 1}` },
        ],
        caption: copied.has(i) ? `copied? ${places}` : places,
      };
    }))
  }
<p class="soft">A picture counts as copied when the nearest training picture is less than half as far away as that average, which is over up to fifty (Carlini et al. 2023); the comparison of all distances is that of Meehan et al. 2020.</p>
</section>`;
}

const sentences = {
  new: "These pictures are new: they lie no nearer to the training set than real pictures do that were not in it.",
  nearer:
    "These pictures are no copies, but more typical than real ones: they lie nearer to the training set, to many of its pictures at once. Strong guidance does that.",
  copies: "Some of these pictures are copies of training pictures, more than chance would bring.",
} as const;

function closeness({ distance, crowd }: { readonly distance: number; readonly crowd: number }): number {
  return crowd === 0 ? 0 : distance / crowd;
}
