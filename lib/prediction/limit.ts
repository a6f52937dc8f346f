import type { Level } from "../schedule/level.ts";
import { clamp } from "../tensor/clamp.ts";
import { mix } from "../tensor/mix.ts";
import type { Prediction } from "./prediction.ts";

/** How a prediction is kept in range. */
export type LimitOptions = {
  /** The largest absolute value that the image may have, diffusers' `clip_sample_range`. */
  readonly range: number;
  /** Whether the noise is worked out anew from the clipped image, so that both still add up to the sample. */
  readonly consistent: boolean;
};

/**
 * A prediction whose image is clipped to `[−range, range]`: pixels cannot lie outside.
 *
 * DDPM works the noise out anew (`consistent`), DDIM keeps the one that the network meant.
 *
 * @param at the level of the question, with σ > 0
 *
 * @example
 * ```ts
 * import { limit, tensor } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const prediction = { x: one(3), image: one(2), noise: one(1), raw: one(1) };
 * const { image, noise } = limit(prediction, { time: 0, alpha: 1, sigma: 1 }, { range: 1, consistent: true });
 * console.assert(image.data[0] === 1 && noise.data[0] === 2);
 * ```
 */
export function limit(
  prediction: Prediction,
  { alpha, sigma }: Level,
  { range, consistent }: LimitOptions,
): Prediction {
  const image = clamp(prediction.image, -range, range);
  if (!consistent) return { ...prediction, image };
  return { ...prediction, image, noise: mix([1 / sigma, prediction.x], [-alpha / sigma, image]) };
}
