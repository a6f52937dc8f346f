import { unstack } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkPairs, type RangeOptions } from "./pairs.ts";

/**
 * Peak signal-to-noise ratio of each picture, in dB: 10·log₁₀(range² / mean squared error). Infinity where both are equal.
 *
 * @param found pictures `[count, channels, height, width]`
 * @param wanted what they should be, in the same order
 * @throws {RangeError} when the shapes differ or are no batches of pictures
 *
 * @example
 * ```ts
 * import { psnr, tensor } from "@unnoise/lib";
 *
 * const grey = tensor([1, 1, 2, 2]);
 * const brighter = tensor([1, 1, 2, 2], new Float32Array(4).fill(0.2));
 * console.assert(psnr(brighter, grey)[0]!.toFixed(3) === "20.000");
 * ```
 */
export function psnr(found: Tensor, wanted: Tensor, { dataRange = 2 }: RangeOptions = {}): number[] {
  checkPairs("PSNR", found, wanted);
  const originals = unstack(wanted);
  return unstack(found).map(({ data }, i) => {
    const original = originals[i]!.data;
    let sum = 0;
    for (let k = 0; k < data.length; k++) sum += (data[k]! - original[k]!) ** 2;
    return 10 * Math.log10(dataRange ** 2 * data.length / sum);
  });
}
