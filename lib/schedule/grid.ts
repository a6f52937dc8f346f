import type { Level } from "./level.ts";

/**
 * One step of a run: from a level to the next, for solvers of several orders with the highest that this step may have.
 *
 * So "lower order at the end" is something that a grid says, and no solver has to count. As it says whether a solver that
 * corrects its steps may correct this one; it may unless `corrected` is false. A step that asks between its ends has them
 * `via` two levels: where the sample goes first, and where the network is asked about it.
 */
export type Step = readonly [
  from: Level,
  to: Level,
  order?: number,
  corrected?: boolean,
  via?: readonly [Level, Level],
];

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
