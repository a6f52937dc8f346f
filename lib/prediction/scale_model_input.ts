import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Question } from "./prediction.ts";

/**
 * The sample as networks expect it: scaled to the variance that it had in training, `x / √(α²·d² + σ²)`
 * for images of standard deviation d.
 *
 * Does nothing on a variance-preserving path, where d is 1.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, table 1.
 *
 * @example
 * ```ts
 * import { scaleModelInput, tensor } from "@unnoise/lib";
 *
 * const question = { x: tensor([1], new Float32Array([10])), at: { time: 0, alpha: 3, sigma: 4 } };
 * console.assert(scaleModelInput(question).data[0] === 2);
 * ```
 */
export function scaleModelInput({ x, at }: Question, dataSigma: number = 1): Tensor {
  return mix([1 / Math.hypot(at.alpha * dataSigma, at.sigma), x]);
}
