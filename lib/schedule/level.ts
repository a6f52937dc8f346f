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

/**
 * How α and σ move as noise comes in: with α² + σ² = 1 (DDPM, DDIM, Stable Diffusion's training), or with α = 1 and a
 * growing σ (k-diffusion's samplers). Both mean the same noise for the same σ/α.
 */
export type Path = "variance_preserving" | "variance_exploding";

/**
 * The level of a noise schedule at a time. Between two times σ/α is interpolated linearly; −1 is the clean picture.
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
  if (time === -1) return { time, alpha: 1, sigma: 0 };
  const before = Math.floor(time);
  const part = time - before;
  const ratio = (i: number) => Math.sqrt((1 - alphasCumprod[i]!) / alphasCumprod[i]!);
  const noise = part === 0 ? ratio(before) : (1 - part) * ratio(before) + part * ratio(before + 1);
  if (path === "variance_exploding") return { time, alpha: 1, sigma: noise };
  const length = Math.hypot(1, noise);
  return { time, alpha: 1 / length, sigma: noise / length };
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
