import type { Level } from "./level.ts";

/** One step of a run: from a level to the next, with what a grid has to say of how to take it. */
export type Step = readonly [from: Level, to: Level, manner?: Manner];

/** How a step is to be taken. "Lower order at the end" is something that a grid says, so that no solver has to count. */
export type Manner = {
  /** The highest order that a solver of several orders may have here. */
  readonly order?: number;
  /** Whether a solver that corrects its steps corrects this one; it does unless this is false. */
  readonly corrected?: boolean;
  /** Of a step that asks between its ends: where the sample goes first, and the level at which it is asked about. */
  readonly via?: readonly [reached: Level, asked: Level];
};

/**
 * The steps between neighbours of a list of levels.
 *
 * @example
 * ```ts
 * import { grid, levelAt, noiseSchedule } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, 499, -1].map((time) => levelAt(schedule, time)));
 * console.assert(steps.length === 2 && steps[1]![1].sigma === 0);
 * ```
 */
export function grid(levels: readonly Level[]): Step[] {
  return levels.slice(1).map((to, i) => [levels[i]!, to]);
}
