import { levelAt, logSnr, type NoiseSchedule, noiseSchedule, scheduleOf } from "@unnoise/lib";
import { choice, type Fields, number, numbers } from "../../shell/permalink.ts";

export const SIZE = 48;
export const COUNT = 1000;

/** How many pictures the strip shows, and how many bars make an own schedule. */
export const STRIP = 9;
export const BARS = 9;

/** The β of a full bar. Bars count in hundredths of it. */
const LARGEST_BETA = 0.03;

export const scheduleNames = ["linear", "cosine", "scaled", "own"] as const;

export type ScheduleName = typeof scheduleNames[number];

export type SchedulesState = {
  readonly t: number;
  readonly schedule: ScheduleName;
  readonly own: readonly number[];
};

export const fields: Fields<SchedulesState> = {
  t: number(300, { min: 0, max: COUNT - 1 }),
  schedule: choice("linear", scheduleNames),
  own: numbers([2, 2, 4, 12, 60, 60, 12, 4, 2], { min: 0, max: 100 }),
};

/** The three known schedules; Stable Diffusion's β are not the default ones. */
export const known = {
  linear: noiseSchedule({ name: "linear", count: COUNT }),
  cosine: noiseSchedule({ name: "squaredcos_cap_v2", count: COUNT }),
  scaled: noiseSchedule({ name: "scaled_linear", start: 0.00085, end: 0.012, count: COUNT }),
} as const satisfies Record<Exclude<ScheduleName, "own">, NoiseSchedule>;

export function betaOf(bar: number): number {
  return bar / 100 * LARGEST_BETA;
}

/** The schedule that bars draw: β runs in straight lines from one bar to the next. */
export function drawnSchedule(bars: readonly number[]): NoiseSchedule {
  return scheduleOf(Float32Array.from({ length: COUNT }, (_, time) => {
    const at = time / (COUNT - 1) * (bars.length - 1);
    const before = Math.min(Math.floor(at), bars.length - 2);
    const [left, right] = [bars[before]!, bars[before + 1]!];
    return betaOf(left + (right - left) * (at - before));
  }));
}

export function scheduleFor({ schedule, own }: Pick<SchedulesState, "schedule" | "own">): NoiseSchedule {
  return schedule === "own" ? drawnSchedule(own) : known[schedule];
}

/** The time whose level is nearest to half signal, SNR = 1; none where noise never wins. */
export function halfSignal(schedule: NoiseSchedule): number | undefined {
  const distances = Array.from(schedule.betas, (_, time) => Math.abs(logSnr(levelAt(schedule, time))));
  const nearest = distances.indexOf(Math.min(...distances));
  const last = levelAt(schedule, schedule.betas.length - 1);
  return logSnr(last) > 0 || !Number.isFinite(distances[nearest]) ? undefined : nearest;
}

export function stripTimes(): number[] {
  return Array.from({ length: STRIP }, (_, i) => Math.round(i * (COUNT - 1) / (STRIP - 1)));
}
