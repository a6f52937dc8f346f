import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Question } from "./prediction.ts";

/**
 * The sample as networks expect it: scaled to the variance that it had in training, `x / √(α² + σ²)`.
 *
 * Does nothing on a variance-preserving path.
 *
 * @example
 * ```ts
 * import { scaleModelInput, tensor } from "@unnoise/lib";
 *
 * const question = { x: tensor([1], new Float32Array([10])), at: { time: 0, alpha: 3, sigma: 4 } };
 * console.assert(scaleModelInput(question).data[0] === 2);
 * ```
 */
export function scaleModelInput({ x, at }: Question): Tensor {
  return mix([1 / Math.hypot(at.alpha, at.sigma), x]);
}
