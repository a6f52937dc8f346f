import * as Plot from "@observablehq/plot";
import type { NoiseSchedule } from "@unnoise/lib";
import { parseHTML } from "linkedom";
import { across, type ChartName, charts, curve, down, frame, path, valueAt } from "./draw.ts";
import { COUNT, halfSignal, type ScheduleName } from "./state.ts";

/** A chart as markup, drawn while the page is built. In the page only its cursor moves, and the reader's own curve. */
export function chart(
  name: ChartName,
  { schedules, label, t }: {
    readonly schedules: Readonly<Record<ScheduleName, NoiseSchedule>>;
    readonly label: string;
    readonly t: number;
  },
): string {
  const { document } = parseHTML("<html></html>");
  const { domain, ticks, half } = charts[name];
  const svg = Plot.plot({
    document,
    width: frame.width,
    height: frame.height,
    marginLeft: frame.left,
    marginRight: frame.right,
    marginTop: frame.top,
    marginBottom: frame.bottom,
    style: { background: "none", fontSize: "13px", overflow: "visible" },
    x: { domain: [0, COUNT - 1], ticks: [0, 250, 500, 750, 999], tickFormat: String, label: null },
    y: { domain: [...domain], ticks: [...ticks], tickFormat: String, label: null, grid: true },
    marks: [Plot.ruleY([half], { stroke: "currentColor", strokeDasharray: "2 4" })],
  });
  // The chart is one picture with one label; Plot's own names of its parts are English, and read by nobody.
  for (const group of svg.querySelectorAll("g")) group.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  for (const [schedule, values] of Object.entries(schedules)) {
    svg.append(
      element(document, "path", {
        class: `curve ${schedule}`,
        d: path(curve(values, name), name, COUNT),
        fill: "none",
      }),
    );
    const time = halfSignal(values);
    svg.append(element(document, "circle", {
      class: `half ${schedule}`,
      cx: String(across(time ?? 0, COUNT)),
      cy: String(down(time === undefined ? half : valueAt(values, name, time), name)),
      r: "5",
      ...(time === undefined ? { visibility: "hidden" } : {}),
    }));
  }
  svg.append(element(document, "line", {
    class: "cursor",
    x1: "0",
    x2: "0",
    y1: String(frame.top),
    y2: String(frame.height - frame.bottom),
    transform: `translate(${across(t, COUNT).toFixed(1)} 0)`,
  }));
  return svg.outerHTML;
}

function element(document: Document, tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
