import { simd } from "./simd.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Whether a tensor holds numbers alone: no NaN and no infinity.
 *
 * @example
 * ```ts
 * import { allFinite, tensor } from "@unnoise/lib";
 *
 * console.assert(!allFinite(tensor([2], new Float32Array([1, NaN]))));
 * ```
 */
export function allFinite({ data }: Tensor): boolean {
  return simd ? simd.finite(data) : data.every(Number.isFinite);
}
