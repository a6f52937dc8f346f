import { unstack } from "./batch.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The Euclidean length of an item of a batch, the mean of all; 0 of no item.
 *
 * @example
 * ```ts
 * import { meanNorm, tensor } from "@unnoise/lib";
 *
 * console.assert(meanNorm(tensor([2, 2], new Float32Array([3, 4, 0, 1]))) === 3);
 * ```
 */
export function meanNorm(batch: Tensor): number {
  const items = unstack(batch);
  let sum = 0;
  for (const { data } of items) {
    let squares = 0;
    for (const value of data) squares += value * value;
    sum += Math.sqrt(squares);
  }
  return sum / Math.max(1, items.length);
}
