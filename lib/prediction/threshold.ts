import { unstack } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";

/** How an image is thresholded. */
export type ThresholdOptions = {
  /** The share of values that is to stay, diffusers' `dynamic_thresholding_ratio`. */
  readonly ratio: number;
  /** The largest divisor, diffusers' `sample_max_value`. */
  readonly max: number;
};

/**
 * Dynamic thresholding: each image of a batch is clipped to the size that a share of its values stays within, from 1 to
 * `max`, and divided by it. So strong guidance saturates no pixels.
 *
 * Source: Saharia et al. 2022, arXiv:2205.11487, section 2.3.
 *
 * @example
 * ```ts
 * import { tensor, threshold } from "@unnoise/lib";
 *
 * const image = tensor([1, 3], new Float32Array([-4, 1, 2]));
 * console.assert(threshold(image, { ratio: 0.5, max: 10 }).data.join() === "-1,0.5,1");
 * ```
 */
export function threshold(image: Tensor, { ratio, max }: ThresholdOptions): Tensor {
  const thresholded = tensor(image.shape);
  let offset = 0;
  for (const { data } of unstack(image)) {
    const bound = Math.min(max, Math.max(1, quantile(data.map(Math.abs), ratio)));
    for (const value of data) thresholded.data[offset++] = Math.min(bound, Math.max(-bound, value)) / bound;
  }
  return thresholded;
}

/** Between two values by their distance, as torch.quantile has it. Sorts the values. */
function quantile(values: Float32Array, part: number): number {
  values.sort();
  const place = part * (values.length - 1);
  const below = Math.floor(place);
  const [low = 0, high = low] = values.subarray(below, below + 2);
  return low + (high - low) * (place - below);
}
