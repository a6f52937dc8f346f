import type { ClassShare, Evaluation, JudgedFigures } from "@unnoise/lib";
import { confusionChart, shareChart } from "./charts.ts";
import { at, gallery, roomFor, spread } from "./gallery.ts";
import { html, made, type Markup } from "./markup.ts";
import type { Pictures } from "./report.ts";
import { percent } from "./say.ts";

/** Classes in a bar chart, and in a square of pairs: more are unreadable. */
const [MOST_BARS, MOST_PAIRS] = [24, 16];

/** What the judge sees, a part for each kind of label that was asked for. */
export function judgedSection({ judged }: Evaluation, { generated }: Pictures): Markup[] {
  return Object.entries(judged ?? {}).flatMap(([output, figures]) => {
    const { classes } = figures.generated;
    if (classes.length === 0) return [];
    const shown = classes.length <= MOST_BARS
      ? classes
      : classes.toSorted((a, b) => a.share - b.share).slice(0, MOST_BARS);
    const name = Object.keys(judged!).length === 1 ? "class" : output;
    return [html`<section>
<h2>Asked for and seen: ${name}</h2>
<p>Bars: the share of <i class="generated">generated pictures</i> that the judge takes for what was asked${
      figures.real.classes.length === 0 ? "" : html`; ticks: the same share of <i class="real">real pictures</i>`
    }.${shown.length < classes.length ? ` The ${MOST_BARS} of ${classes.length} that it sees least often.` : ""}</p>
<div class="charts">
<figure>${
      made(shareChart(shown, { real: figures.real.classes, label: `Share judged right by ${name}: ${summary(shown)}` }))
    }</figure>
${confusion(figures, name)}
</div>
${table(figures)}
${mistakes(figures, generated)}
</section>`];
  });
}

function summary(classes: readonly ClassShare[]): string {
  return classes.map(({ label, share }) => `${label} ${percent(share)}`).join(", ");
}

function confusion({ labels, generated: { asked, judged } }: JudgedFigures, name: string): Markup | undefined {
  if (labels.length > MOST_PAIRS) return undefined;
  const pairs = labels.flatMap((label, place) => {
    const own = judged.filter((_, i) => asked[i] === place);
    return labels.flatMap((other, seen) => {
      const share = own.filter((judged) => judged === seen).length / own.length;
      return share > 0 ? [{ asked: label, judged: other, share }] : [];
    });
  });
  const chart = confusionChart(pairs, { labels, label: `Which ${name} was asked for, and which was seen` });
  return html`<figure><figcaption>Rows: asked for. Columns: seen, in hundredths of a row.</figcaption>${
    made(chart)
  }</figure>`;
}

function table({ generated, real }: JudgedFigures): Markup {
  const ofReal = new Map(real.classes.map(({ label, share }) => [label, share]));
  return html`
    <details>
      <summary>As a table</summary>
      <div class="table">
        <table>
          <thead>
            <tr><th scope="col">asked for</th><th scope="col">pictures</th><th scope="col">seen</th>${ofReal.size === 0
              ? undefined
              : html`<th scope="col">real pictures seen</th>`}</tr>
          </thead>
          <tbody>${generated.classes.map(({ label, count, share }) =>
            html`
              <tr><td>${label}</td><td>${count}</td><td>${percent(share)}</td>${ofReal.size === 0
                ? undefined
                : html`<td>${ofReal.has(label) ? percent(ofReal.get(label)!) : "–"}</td>`}</tr>
            `
          )}</tbody>
        </table>
      </div>
    </details>
  `;
}

function mistakes(
  { labels, generated: { asked, judged } }: JudgedFigures,
  pictures: Pictures["generated"],
): Markup | undefined {
  const wrong = asked.flatMap((place, i) => place !== undefined && place !== judged[i] ? [i] : []);
  if (wrong.length === 0) return undefined;
  const shown = spread(wrong.length, Math.min(roomFor(pictures), MOST_BARS)).map((k) => wrong[k]!);
  return html`<h3>Taken for something else${
    shown.length < wrong.length ? `: ${shown.length} of ${wrong.length}` : ""
  }</h3>
${
    gallery(shown.map((i) => {
      const caption = `${labels[asked[i]!]}, seen as ${labels[judged[i]!]}`;
      return { pictures: [{ picture: at(pictures, i), alt: "" }], caption };
    }))
  }`;
}
