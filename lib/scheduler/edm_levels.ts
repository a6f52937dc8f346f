import { type Level, levelOf } from "../schedule/level.ts";
import { exponential, karras } from "../schedule/sigmas.ts";
import type { Options } from "./options.ts";
import type { Run } from "./row.ts";

/**
 * The levels of a run of a class that was trained on σ itself, and whose σ lie between `sigma_min` and `sigma_max`.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, table 1.
 *
 * @param told what the network is told of a σ: ¼·ln σ by default
 * @throws {RangeError} when the count is not a whole number of 1 or more
 */
export function edmLevels(
  options: Options,
  { count = 0 }: Run,
  told: (sigma: number) => number = (sigma) => Math.log(Math.fround(sigma)) / 4,
): Level[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Cannot take ${count} steps: expected a whole number of 1 or more`);
  }
  const { sigma_schedule, rho, final_sigmas_type } = options;
  const [min, max] = [options.sigma_min!, options.sigma_max!];
  const sigmas = sigma_schedule === "exponential"
    // Rising and turned round, as diffusers has it: so a single step starts from the least.
    ? exponential()(count, { min: max, max: min }).reverse()
    : karras(rho)(count, { min, max });
  const levels = sigmas.map((sigma) => levelOf(sigma, "variance_exploding", told(sigma)));
  return [...levels, levelOf(final_sigmas_type === "zero" ? 0 : min, "variance_exploding", -1)];
}
