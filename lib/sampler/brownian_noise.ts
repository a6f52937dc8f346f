import { brownian, type BrownianInterval } from "../random/brownian.ts";
import type { Level } from "../schedule/level.ts";
import { concatenate } from "../tensor/batch.ts";
import { mix } from "../tensor/mix.ts";
import type { Noise } from "./sampler.ts";

/**
 * The noise of SDE solvers: how far a Brownian path over σ walks in a step, scaled to variance 1. The same seed leads down
 * the same path in few steps and in many, so that a run with more steps makes the same picture, only better.
 *
 * The numbers are k-diffusion's `BrownianTreeNoiseSampler`'s, to 1e−6 where the σ are equal.
 *
 * Source: Li et al. 2020, arXiv:2001.01328.
 *
 * @param seed one for the whole batch, or a list with one a picture
 * @param interval between which σ the path runs: the least above 0, and the largest, of the run
 * @param clock the time of the path at a level, σ/α by default
 * @throws {RangeError} when a seed is not a whole number from 0 to 2⁵³ − 1, or a step has no length or leaves the interval
 *
 * @example
 * ```ts
 * import { brownianNoise } from "@unnoise/lib";
 *
 * const noise = brownianNoise(0, { min: 0.1, max: 14 });
 * const [from, to] = [{ time: 9, alpha: 1, sigma: 2 }, { time: 4, alpha: 1, sigma: 1 }];
 * console.assert(noise([1, 1, 4, 4], from, to).data[3] === noise([1, 1, 4, 4], from, to).data[3]);
 * ```
 */
export function brownianNoise(
  seed: number | readonly number[],
  interval: BrownianInterval,
  clock: (level: Level) => number = ({ alpha, sigma }) => sigma / alpha,
): Noise {
  const paths = (typeof seed === "number" ? [seed] : seed).map((seed) => brownian(seed, interval));
  return (shape, from, to) => {
    const [start, end] = [clock(from), clock(to)];
    if (start === end) throw new RangeError(`Cannot draw the noise of a step from σ = ${start} to itself`);
    const item = typeof seed === "number" ? shape : [1, ...shape.slice(1)];
    const walked = concatenate(paths.map((path) => path(item, start, end)));
    return mix([1 / Math.sqrt(Math.abs(end - start)), walked]);
  };
}
