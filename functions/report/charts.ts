import * as Plot from "@observablehq/plot";
import type { ClassShare } from "@unnoise/lib";
import { parseHTML } from "linkedom";

/** Numbers of one kind, as a histogram shows them. */
export type Series = { readonly name: "generated" | "real"; readonly values: readonly number[] };

const WIDTH = 420;
const MARGINS = { marginLeft: 48, marginRight: 12, marginTop: 14, marginBottom: 36 };

/** Bars of the share of each class that is judged right; a tick marks the same share of real pictures. */
export function shareChart(
  classes: readonly ClassShare[],
  { real, label }: { readonly real: readonly ClassShare[]; readonly label: string },
): string {
  const shown = new Set(classes.map(({ label }) => label));
  const known = real.filter(({ label }) => shown.has(label));
  return draw({
    height: 24 * classes.length + MARGINS.marginBottom + MARGINS.marginTop,
    marginLeft: 96,
    x: { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: "~%", label: null, grid: true },
    y: { domain: classes.map(({ label }) => label), tickSize: 0, tickFormat: shortened, label: null },
    marks: [
      Plot.barX(classes, {
        y: "label",
        x: "share",
        className: "generated",
        fill: "currentColor",
        insetTop: 3,
        insetBottom: 3,
      }),
      // A tick has to stand out from the bar below it.
      ...[["edge", "var(--paper)", 7], ["real", "currentColor", 3]].map(([className, stroke, strokeWidth]) => {
        return Plot.tickX(known, { y: "label", x: "share", className, stroke, strokeWidth } as Plot.TickXOptions);
      }),
    ],
  }, label);
}

/** What each class is judged to be: a square a pair, with how many of a hundred. */
export function confusionChart(
  pairs: readonly { readonly asked: string; readonly judged: string; readonly share: number }[],
  { labels, label }: { readonly labels: readonly string[]; readonly label: string },
): string {
  return draw({
    height: 24 * labels.length + 96,
    marginLeft: 96,
    marginBottom: 82,
    padding: 0.08,
    x: { domain: [...labels], tickRotate: -60, tickSize: 0, tickFormat: shortened, label: null },
    y: { domain: [...labels], tickSize: 0, tickFormat: shortened, label: null },
    opacity: { type: "identity" },
    color: { type: "identity" },
    marks: [
      Plot.cell(pairs, { x: "judged", y: "asked", className: "generated", fill: "currentColor", fillOpacity: shade }),
      Plot.text(pairs, {
        x: "judged",
        y: "asked",
        text: ({ share }: typeof pairs[number]) => String(Math.round(100 * share)),
        fill: (pair: typeof pairs[number]) => shade(pair) > 0.5 ? "var(--paper)" : "var(--ink)",
        fontSize: 11,
      }),
    ],
  }, label);
}

/** How often each value occurs, as the outline of a histogram a kind. */
export function histogram(
  series: readonly Series[],
  { label, axis }: { readonly label: string; readonly axis: string },
): string {
  const values = series.flatMap(({ values }) => values).filter(Number.isFinite);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // Equal values still need a bin of some width to stand in.
  const width = (most > least ? most - least : 1) / BINS;
  const bins = series.flatMap(({ name, values }) => {
    const finite = values.filter(Number.isFinite);
    return Array.from({ length: BINS }, (_, k) => {
      const inside = finite.filter((value) => Math.min(Math.floor((value - least) / width), BINS - 1) === k).length;
      return { name, from: least + k * width, to: least + (k + 1) * width, share: inside / Math.max(finite.length, 1) };
    });
  });
  return draw({
    height: 230,
    x: { label: axis, ticks: 6, tickFormat: "~r" },
    y: { label: null, ticks: 4, tickFormat: "~%", grid: true },
    marks: series.flatMap(({ name }) => {
      const own = bins.filter((bin) => bin.name === name);
      return Plot.rectY(own, {
        x1: "from",
        x2: "to",
        y: "share",
        className: name,
        fill: "currentColor",
        fillOpacity: 0.35,
        stroke: "currentColor",
        strokeWidth: 1.25,
        inset: 0.5,
      });
    }),
  }, label);
}

/** A few lengths, one below the other. */
export function lengthChart(
  bars: readonly { readonly name: string; readonly kind: Series["name"]; readonly value: number }[],
  label: string,
): string {
  return draw({
    height: 34 * bars.length + MARGINS.marginBottom + MARGINS.marginTop,
    marginLeft: 150,
    marginRight: 56,
    x: { ticks: 4, tickFormat: "~r", label: null, grid: true },
    y: { domain: bars.map(({ name }) => name), tickSize: 0, label: null },
    marks: bars.flatMap((bar) => [
      Plot.barX([bar], {
        y: "name",
        x: "value",
        className: bar.kind,
        fill: "currentColor",
        insetTop: 5,
        insetBottom: 5,
      }),
      Plot.text([bar], {
        y: "name",
        x: "value",
        text: ({ value }: typeof bar) => value.toPrecision(3),
        textAnchor: "start",
        dx: 5,
        fill: "currentColor",
      }),
    ]),
  }, label);
}

/** Few pictures shall not be too faint to be seen. */
function shade({ share }: { readonly share: number }): number {
  return 0.12 + 0.88 * share;
}

const BINS = 20;
const LONGEST = 13;

function shortened(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

function draw(options: Plot.PlotOptions, label: string): string {
  const { document } = parseHTML("<html></html>");
  const svg = Plot.plot({
    document,
    width: WIDTH,
    ...MARGINS,
    style: { background: "none", fontSize: "12.5px", overflow: "visible" },
    ...options,
  });
  // A chart is one picture with one label; Plot's own names of its parts would be read out one by one.
  for (const group of svg.querySelectorAll("g")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg.outerHTML;
}
