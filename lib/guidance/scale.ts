import type { Level } from "../schedule/level.ts";

/** The guidance scale w: one for all levels, or one for each. 1 is no guidance, and the network is then asked only once. */
export type Scale = number | ((at: Level) => number);

/**
 * The guidance scale at a level.
 *
 * @example
 * ```ts
 * import { scaleAt } from "@unnoise/lib";
 *
 * console.assert(scaleAt(({ sigma }) => 1 + sigma, { time: 0, alpha: 1, sigma: 2 }) === 3);
 * ```
 */
export function scaleAt(scale: Scale, at: Level): number {
  return typeof scale === "number" ? scale : scale(at);
}

/** The levels at which there is guidance, by σ/α. */
export type GuidanceInterval = {
  /** Guidance stops as soon as σ/α is this or less; 0 by default. */
  readonly min?: number;
  /** Guidance starts when σ/α is this or less; at once by default. */
  readonly max?: number;
};

/**
 * Guidance in an interval of levels only: where it makes pictures better, and neither early, where it makes them all alike,
 * nor late, where it only costs time.
 *
 * Source: Kynkäänniemi et al. 2024, arXiv:2404.07724.
 *
 * @example
 * ```ts
 * import { interval } from "@unnoise/lib";
 *
 * const scale = interval(4, { min: 0.3, max: 5 });
 * console.assert(scale({ time: 0, alpha: 1, sigma: 2 }) === 4 && scale({ time: 0, alpha: 1, sigma: 14 }) === 1);
 * ```
 */
export function interval(
  scale: Scale,
  { min = 0, max = Infinity }: GuidanceInterval,
): (at: Level) => number {
  return (at) => at.sigma > min * at.alpha && !(at.sigma > max * at.alpha) ? scaleAt(scale, at) : 1;
}

/** How a cosine rises. */
export type CosineOptions = {
  /** The number of times of the training, 1000 by default. */
  readonly times?: number;
  /** More than 1 rises later, less than 1 earlier; 1 by default. */
  readonly power?: number;
};

/**
 * A guidance scale that rises from 1 in pure noise to its full value in the finished picture, on a cosine of the time:
 * diversity first, likeness last.
 *
 * Sources: the power-cosine of Gao et al. 2023, arXiv:2303.14389; compared in Wang et al. 2024, arXiv:2404.13040.
 *
 * @example
 * ```ts
 * import { cosine } from "@unnoise/lib";
 *
 * console.assert(cosine(5)({ time: 500, alpha: 1, sigma: 1 }) === 3);
 * ```
 */
export function cosine(scale: number, { times = 1000, power = 1 }: CosineOptions = {}): (at: Level) => number {
  return ({ time }) => 1 + (scale - 1) * (1 - Math.cos(Math.PI * Math.min(1, 1 - time / times) ** power)) / 2;
}
