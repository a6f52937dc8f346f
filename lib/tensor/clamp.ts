import { write } from "./mix.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

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
export function clamp(source: Tensor, low: number, high: number): Tensor {
  return write(source, new Float32Array(sizeOf(source.shape)), { low, high });
}
