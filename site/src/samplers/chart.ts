import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** A line of a chart: its points, and the class that colours it. */
export type Line = { readonly name: "own" | "other"; readonly points: readonly (readonly [x: number, y: number])[] };

/** A small chart as markup, drawn while the page is built; its caption says what its axes are. */
export function chart(
  lines: readonly Line[],
  { label, log }: { readonly label: string; readonly log: { readonly x: boolean; readonly y: boolean } },
): string {
  const { document } = parseHTML("<html></html>");
  const svg = Plot.plot({
    document,
    width: 420,
    height: 260,
    marginLeft: 52,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 30,
    style: { background: "none", fontSize: "13px", overflow: "visible" },
    x: { type: log.x ? "log" : "linear", ticks: 5, tickFormat: "~r", label: null },
    y: { type: log.y ? "log" : "linear", ticks: 5, tickFormat: "~r", label: null, grid: true },
    marks: lines.flatMap(({ name, points }) => [
      Plot.line(points, { className: name, stroke: "currentColor", strokeWidth: 2 }),
      Plot.dot(points, { className: name, fill: "currentColor", r: name === "own" ? 3 : 2 }),
    ]),
  });
  // The chart is one picture with one label; Plot's own names of its parts are English, and read by nobody.
  for (const group of svg.querySelectorAll("g")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg.outerHTML;
}
