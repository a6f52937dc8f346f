import type { Evaluation, Tensor } from "@unnoise/lib";
import { judgedSection } from "./judged.ts";
import { at, type Exhibit, gallery, roomFor, spread } from "./gallery.ts";
import { lengthChart } from "./charts.ts";
import { headlines } from "./headlines.ts";
import { html, made, type Markup } from "./markup.ts";
import { nearestSection } from "./nearest.ts";
import { pairsSection } from "./pairs.ts";
import { style } from "./style.ts";

/** The pictures of a report, each `[count, channels, height, width]` from −1 to 1, in the order of the evaluation. */
export type Pictures = {
  /** The generated ones. */
  readonly generated: Tensor;
  /** The real ones. */
  readonly real: Tensor;
  /** Those that the model was trained on. */
  readonly training: Tensor | undefined;
};

/** What else a report says. */
export type ReportOptions = {
  /** What stands above all. */
  readonly title?: string | undefined;
  /** The names of the generated pictures' files. */
  readonly names?: readonly string[] | undefined;
};

/** An evaluation as a page: one HTML file that needs no other, with its pictures and plots. */
export function report(
  evaluation: Evaluation,
  pictures: Pictures,
  { title = "Generated pictures against real ones", names }: ReportOptions = {},
): string {
  const { counts, notes } = evaluation;
  const page = html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <style>${made(style)}</style>
      </head>
      <body>
        <main>
    <h1>${title}</h1>
    <p class="soft">${counts.generated} generated and ${counts.real} real pictures of ${pictures.real.shape.slice(2)
      .toReversed().join("×")} pixels${counts.training === undefined
      ? ""
      : `, ${counts.training} training pictures`}.</p>
    <ul class="figures">${headlines(evaluation)}</ul>
    ${notes.length === 0 ? undefined : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
    ${pairsSection(evaluation, pictures, names)}
    ${judgedSection(evaluation, pictures)}
    ${frechetSection(evaluation)}
    ${nearestSection(evaluation, pictures, names)}
    ${galleries(pictures, names)}
        </main>
      </body>
    </html>
  `;
  return `${page.markup.trim()}\n`;
}

function frechetSection({ frechet }: Evaluation): Markup | undefined {
  if (frechet?.yardstick === undefined) return undefined;
  const { count, generated, real } = frechet.yardstick;
  const label = `Fréchet distance over ${count} pictures each: generated to real ${
    generated.toPrecision(3)
  }, real to real ${real.toPrecision(3)}`;
  const bars = [
    { name: "generated to real", kind: "generated", value: generated },
    { name: "real to other real", kind: "real", value: real },
  ] as const;
  return html`
    <section>
      <h2>As a set</h2>
      <p>The Fréchet distance compares means and covariances of ${frechet
        .features} features that the judge sees in the pictures. Fewer pictures come out further apart, so both bars are of ${count} pictures on each side.</p>
      <div class="charts">
        <figure>${made(lengthChart(bars, label))}</figure>
      </div>
    </section>
  `;
}

function galleries({ generated, real }: Pictures, names: readonly string[] | undefined): Markup {
  const show = (pictures: Tensor, alt: (place: number) => string) => {
    return gallery(
      spread(pictures.shape[0]!, roomFor(pictures)).map((place): Exhibit => {
        return { pictures: [{ picture: at(pictures, place), alt: alt(place) }] };
      }),
    );
  };
  return html`<section>
<h2>Pictures</h2>
<h3>Generated</h3>
${show(generated, (place) => names?.[place] ?? `generated ${place + 1}`)}
<h3>Real</h3>
${show(real, (place) => `real ${place + 1}`)}
</section>`;
}
