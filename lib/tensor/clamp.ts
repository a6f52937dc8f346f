import { type Tensor, tensor } from "./tensor.ts";

/**
 * The tensor with each value moved into `[low, high]`.
 *
 * @example
 * ```ts
 * import { clamp, tensor } from "@unnoise/lib";
 *
 * console.assert(clamp(tensor([1], new Float32Array([3])), -1, 1).data[0] === 1);
 * ```
 */
export function clamp({ data, shape }: Tensor, low: number, high: number): Tensor {
  return tensor(shape, data.map((value) => Math.min(high, Math.max(low, value))));
}
