import type { Level } from "../schedule/level.ts";
import { levelAt } from "../schedule/level.ts";
import type { NoiseSchedule } from "../schedule/noise_schedule.ts";
import type { Step } from "../schedule/grid.ts";
import { spacedTimes } from "../schedule/spacing.ts";
import type { Options } from "./options.ts";
import type { Run } from "./row.ts";

/**
 * The whole times of a run, as asked or as spaced.
 *
 * @throws {RangeError} when the times that a run asks for do not fall
 */
export function timesOf(options: Options, { timesteps, count = 0 }: Run): readonly number[] {
  const { timestep_spacing, num_train_timesteps: trainSteps, steps_offset: offset = 0 } = options;
  if (timesteps === undefined) return spacedTimes(timestep_spacing, count, { trainSteps, offset });
  if (timesteps.length > 0 && timesteps.every((time, i) => time >= 0 && (i === 0 || time < timesteps[i - 1]!))) {
    return timesteps;
  }
  throw new RangeError(`Cannot set timesteps ${timesteps.join(", ")}: expected falling numbers of 0 or more`);
}

/** The level at a time of the training; at times before it the end of a run, clean or as `set_alpha_to_one` says. */
export function strideLevel({ set_alpha_to_one }: Options, schedule: NoiseSchedule): (time: number) => Level {
  const end = set_alpha_to_one ? levelAt(schedule, -1) : { ...levelAt(schedule, 0), time: -1 };
  return (time) => time < 0 ? end : levelAt(schedule, time);
}

/** The length that diffusers takes the steps of a run of `count` to have, in times of the training. */
export function strideOf({ num_train_timesteps }: Options, count: number): number {
  return Math.floor(num_train_timesteps / count);
}

/**
 * Steps that all go down by the same stride, from the times of a run. They miss the next time asked where the times are not
 * spaced by it: diffusers has it so.
 */
export function strides(options: Options, schedule: NoiseSchedule, run: Run): Step[] {
  const times = timesOf(options, run);
  const [level, stride] = [strideLevel(options, schedule), strideOf(options, times.length)];
  return times.map((time) => [level(time), level(time - stride)]);
}

/**
 * The times of a run from 1 to 0, one more than there are steps.
 *
 * @throws {RangeError} when `count` is not a whole number of 1 or more
 */
export function unitTimes(count: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Cannot take ${count} steps: expected a whole number of 1 or more`);
  }
  return Array.from({ length: count + 1 }, (_, i) => 1 - i / count);
}
