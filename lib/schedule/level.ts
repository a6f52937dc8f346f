import type { NoiseSchedule } from "./noise_schedule.ts";

/** How noisy a sample is: `x = alpha·image + sigma·noise`. */
export type Level = {
  /** The time that the network is told. Zero-based as in diffusers, so −1 is the clean picture; it may be a fraction. */
  readonly time: number;
  /** The weight α of the image, 1 when clean. */
  readonly alpha: number;
  /** The weight σ of the noise, 0 when clean. */
  readonly sigma: number;
};

/** The names of the paths. */
export const pathNames = ["variance_preserving", "variance_exploding", "rectified_flow"] as const;

/**
 * How α and σ move as noise comes in: with α² + σ² = 1 (DDPM, DDIM, Stable Diffusion's training), with α = 1 and a growing
 * σ (k-diffusion's samplers), or with α + σ = 1 (Stable Diffusion 3, Flux). The first two mean the same noise for the same
 * σ/α.
 */
export type Path = typeof pathNames[number];

/**
 * The level on a path at a σ as diffusers' `sigmas` count it: σ/α on the first two paths, σ itself on a rectified flow.
 *
 * Sources: Karras et al. 2022, arXiv:2206.00364; Liu, Gong and Liu 2022, arXiv:2209.03003.
 *
 * @param sigma 0 or more; at most 1 on a rectified flow
 * @throws {RangeError} when σ lies elsewhere
 *
 * @example
 * ```ts
 * import { levelOf } from "@unnoise/lib";
 *
 * const { alpha, sigma } = levelOf(0.25, "rectified_flow", 250);
 * console.assert(alpha === 0.75 && sigma === 0.25);
 * ```
 */
export function levelOf(sigma: number, path: Path, time: number): Level {
  if (!(sigma >= 0 && (path !== "rectified_flow" || sigma <= 1))) {
    const range = path === "rectified_flow" ? "a number from 0 to 1" : "a number of 0 or more";
    throw new RangeError(`Cannot find the level at σ = ${sigma}: expected ${range}`);
  }
  switch (path) {
    case "variance_preserving": {
      const length = Math.hypot(1, sigma);
      return { time, alpha: 1 / length, sigma: sigma === Infinity ? 1 : sigma / length };
    }
    case "variance_exploding":
      return { time, alpha: 1, sigma };
    case "rectified_flow":
      return { time, alpha: 1 - sigma, sigma };
  }
}

/**
 * The σ of a level as diffusers' `sigmas` count it: the inverse of `levelOf`.
 *
 * @example
 * ```ts
 * import { sigmaOf } from "@unnoise/lib";
 *
 * console.assert(sigmaOf({ time: 0, alpha: 0.6, sigma: 0.9 }, "variance_preserving") === 1.5);
 * ```
 */
export function sigmaOf({ alpha, sigma }: Level, path: Path): number {
  return path === "rectified_flow" ? sigma : sigma / alpha;
}

/**
 * The level of a noise schedule at a time. Between two times σ/α is interpolated linearly; −1 is the clean picture.
 * On a rectified flow, which has no such table, use `levelOf`.
 *
 * Sources: Ho, Jain and Abbeel 2020, arXiv:2006.11239, eq. 4; Karras et al. 2022, arXiv:2206.00364.
 *
 * @param time −1, or from 0 to the last time of the schedule
 * @throws {RangeError} when the time lies elsewhere
 *
 * @example
 * ```ts
 * import { levelAt, noiseSchedule } from "@unnoise/lib";
 *
 * const { alpha, sigma } = levelAt(noiseSchedule({ name: "linear" }), 999);
 * console.assert(alpha < 0.01 && sigma > 0.99);
 * ```
 */
export function levelAt({ alphasCumprod }: NoiseSchedule, time: number, path: Path = "variance_preserving"): Level {
  const last = alphasCumprod.length - 1;
  if (!(time === -1 || time >= 0 && time <= last)) {
    throw new RangeError(`Cannot find the level at time ${time}: expected −1 (clean) or a time from 0 to ${last}`);
  }
  if (time === -1) return levelOf(0, path, time);
  const before = Math.floor(time);
  const part = time - before;
  const ratio = (i: number) => Math.sqrt((1 - alphasCumprod[i]!) / alphasCumprod[i]!);
  return levelOf(part === 0 ? ratio(before) : (1 - part) * ratio(before) + part * ratio(before + 1), path, time);
}

/**
 * σ/α of a noise schedule at a time, between two times linearly, beyond the ends the end. At whole times it is rounded as
 * diffusers' table is, in single precision.
 *
 * @example
 * ```ts
 * import { noiseSchedule, sigmaAt } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * console.assert(sigmaAt(schedule, Infinity) === sigmaAt(schedule, 999));
 * ```
 */
export function sigmaAt({ alphasCumprod }: NoiseSchedule, time: number): number {
  const inside = Math.max(0, Math.min(time, alphasCumprod.length - 1));
  const part = inside % 1;
  const ratio = (signal: number) => Math.fround(Math.sqrt(Math.fround(Math.fround(1 - signal) / signal)));
  const below = ratio(alphasCumprod[inside - part]!);
  return part === 0 ? below : below + part * (ratio(alphasCumprod[inside - part + 1]!) - below);
}

/**
 * The time at which a noise schedule has a given σ/α, between two times by their logarithms; beyond the ends, the end.
 * Logarithms are compared in single precision, as diffusers does, so that the σ of a whole time is at that time.
 *
 * @example
 * ```ts
 * import { noiseSchedule, timeAt } from "@unnoise/lib";
 *
 * console.assert(timeAt(noiseSchedule({ name: "linear" }), 1e6) === 999);
 * ```
 */
export function timeAt(schedule: NoiseSchedule, sigma: number): number {
  const wanted = Math.fround(Math.log(Math.max(sigma, 1e-10)));
  const log = (time: number) => Math.fround(Math.log(sigmaAt(schedule, time)));
  const last = schedule.alphasCumprod.length - 1;
  if (last === 0) return 0;
  let low = last;
  while (low > 0 && log(low) > wanted) low--;
  low = Math.min(low, last - 1);
  const part = Math.fround(Math.fround(wanted - log(low)) / Math.fround(log(low + 1) - log(low)));
  return low + Math.min(1, Math.max(0, part));
}

/**
 * The signal-to-noise ratio of a level, α²/σ²: 1 where a sample is half signal, infinite when clean.
 *
 * @example
 * ```ts
 * import { snr } from "@unnoise/lib";
 *
 * console.assert(snr({ time: 0, alpha: 1, sigma: 2 }) === 0.25);
 * ```
 */
export function snr({ alpha, sigma }: Level): number {
  return (alpha / sigma) ** 2;
}

/**
 * The logarithm of the signal-to-noise ratio, ln(α²/σ²).
 *
 * Source: Kingma et al. 2021, arXiv:2107.00630.
 *
 * @example
 * ```ts
 * import { logSnr } from "@unnoise/lib";
 *
 * console.assert(logSnr({ time: 0, alpha: 1, sigma: 1 }) === 0);
 * ```
 */
export function logSnr(level: Level): number {
  return Math.log(snr(level));
}
