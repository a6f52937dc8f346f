import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The forward process in one jump: the image at a level, `α·image + σ·noise`.
 *
 * A reverse step is this same line with a predicted image and a predicted noise.
 *
 * Source: Ho, Jain and Abbeel 2020, arXiv:2006.11239, eq. 4.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { addNoise, levelAt, noiseSchedule, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const image = tensor([1, 1, 28, 28]);
 * const level = levelAt(noiseSchedule({ name: "linear" }), 500);
 * const x = addNoise(image, torchGenerator(0).randn(image.shape), level);
 * console.assert(x.data.length === 784);
 * ```
 */
export function addNoise(image: Tensor, noise: Tensor, { alpha, sigma }: Level): Tensor {
  return mix([alpha, image], [sigma, noise]);
}
