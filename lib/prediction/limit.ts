import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Prediction } from "./prediction.ts";

/** How a prediction is kept in range. */
export type LimitOptions = {
  /** Brings an image in range: `clamp` to fixed ends, or `threshold`. */
  readonly bound: (image: Tensor) => Tensor;
  /** Whether the noise is worked out anew from the clipped image, so that both still add up to the sample. */
  readonly consistent: boolean;
};

/**
 * A prediction whose image is kept in range: pixels cannot lie outside.
 *
 * DDPM works the noise out anew (`consistent`), DDIM keeps the one that the network meant.
 *
 * @param at the level of the question, with σ > 0
 *
 * @example
 * ```ts
 * import { clamp, limit, tensor } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const prediction = { x: one(3), image: one(2), noise: one(1), raw: one(1) };
 * const { image, noise } = limit(prediction, { time: 0, alpha: 1, sigma: 1 }, {
 *   bound: (image) => clamp(image, -1, 1),
 *   consistent: true,
 * });
 * console.assert(image.data[0] === 1 && noise.data[0] === 2);
 * ```
 */
export function limit(
  prediction: Prediction,
  { alpha, sigma }: Level,
  { bound, consistent }: LimitOptions,
): Prediction {
  const image = bound(prediction.image);
  if (!consistent) return { ...prediction, image };
  return { ...prediction, image, noise: mix([1 / sigma, prediction.x], [-alpha / sigma, image]) };
}
