import { levelAt, logSnr, type NoiseSchedule } from "@unnoise/lib";

/** The frame of both charts, in units of the view box. */
export const frame = { width: 440, height: 250, left: 44, right: 14, top: 14, bottom: 30 } as const;

/** The two charts: what they show, and from where to where. */
export const charts = {
  signal: { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], half: 0.5 },
  snr: { domain: [-12, 10], ticks: [-10, -5, 0, 5, 10], half: 0 },
} as const;

export type ChartName = keyof typeof charts;

/** A curve needs no more points than these to look smooth. */
const STRIDE = 9;

export type Point = { readonly t: number; readonly value: number };

/** The points of a schedule's curve, within the frame. */
export function curve(schedule: NoiseSchedule, chart: ChartName): Point[] {
  const [low, high] = charts[chart].domain;
  const points: Point[] = [];
  for (let t = 0; t < schedule.betas.length; t += STRIDE) {
    const value = valueAt(schedule, chart, t);
    points.push({ t, value: Math.min(high, Math.max(low, value)) });
    if (value < low) break;
  }
  return points;
}

export function valueAt(schedule: NoiseSchedule, chart: ChartName, t: number): number {
  const level = levelAt(schedule, t);
  return chart === "signal" ? level.alpha ** 2 : logSnr(level);
}

/** Where a time lies in the view box. */
export function across(t: number, count: number): number {
  return frame.left + t / (count - 1) * (frame.width - frame.left - frame.right);
}

/** Where a value lies in the view box. */
export function down(value: number, chart: ChartName): number {
  const [low, high] = charts[chart].domain;
  const inside = Math.min(high, Math.max(low, value));
  return frame.top + (high - inside) / (high - low) * (frame.height - frame.top - frame.bottom);
}

/** A curve as a path. */
export function path(points: readonly Point[], chart: ChartName, count: number): string {
  const places = points.map(({ t, value }) => `${across(t, count).toFixed(1)} ${down(value, chart).toFixed(1)}`);
  return `M${places.join("L")}`;
}
