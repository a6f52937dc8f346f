import { type Tensor, tensor } from "../tensor/tensor.ts";

/**
 * Splits the output of a network that also learned the variance: as many channels as the sample has, and as many again.
 *
 * Source: Nichol and Dhariwal 2021, arXiv:2102.09672.
 *
 * @throws {RangeError} when the output has neither as many channels as the sample nor twice as many
 *
 * @example
 * ```ts
 * import { splitVariance, tensor } from "@unnoise/lib";
 *
 * const { raw, variance } = splitVariance(tensor([1, 6, 8, 8]), tensor([1, 3, 8, 8]));
 * console.assert(raw.shape[1] === 3 && variance!.shape[1] === 3);
 * ```
 */
export function splitVariance(output: Tensor, sample: Tensor): { readonly raw: Tensor; readonly variance?: Tensor } {
  const [count = 0, channels = 0] = sample.shape;
  const found = output.shape[1];
  if (found === channels) return { raw: output };
  if (found !== 2 * channels) {
    throw new RangeError(
      `Cannot read a learned variance: found shape [${output.shape}], expected ${channels} or ${2 * channels} channels`,
    );
  }
  const size = sample.data.length / count;
  const half = (offset: number) => {
    const part = tensor(sample.shape);
    for (let i = 0; i < count; i++) {
      const start = (2 * i + offset) * size;
      part.data.set(output.data.subarray(start, start + size), i * size);
    }
    return part;
  };
  return { raw: half(0), variance: half(1) };
}
