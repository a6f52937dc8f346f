import { type Tensor, tensor } from "../tensor/tensor.ts";

/**
 * A batch `[…, height, width]` blurred by a Gaussian; beyond the edge the pixels of the edge go on.
 *
 * @param sigma the standard deviation in pixels; 0 blurs nothing
 * @throws {RangeError} when sigma is negative or no number, or the tensor has no height and width
 *
 * @example
 * ```ts
 * import { blur, tensor } from "@unnoise/lib";
 *
 * const edge = tensor([1, 1, 1, 4], new Float32Array([0, 0, 1, 1]));
 * const [, left, right] = blur(edge, 1).data;
 * console.assert(left! > 0 && right! < 1 && Math.abs(left! + right! - 1) < 1e-6);
 * ```
 */
export function blur({ data, shape }: Tensor, sigma: number): Tensor {
  if (!Number.isFinite(sigma) || sigma < 0) {
    throw new RangeError(`Cannot blur by ${sigma} pixels: expected a number of 0 or more`);
  }
  const [height, width] = shape.slice(-2);
  if (height === undefined || width === undefined) {
    throw new RangeError(`Cannot blur shape [${shape}]: expected a height and a width`);
  }
  if (sigma === 0) return tensor(shape, data.slice());
  const weights = gaussian(sigma);
  const across = along(data, weights, { length: width, stride: 1 });
  return tensor(shape, along(across, weights, { length: height, stride: width }));
}

/** From the middle outwards to four deviations, where less than a 15,000th is left. */
function gaussian(sigma: number): Float64Array {
  const half = Float64Array.from({ length: Math.round(4 * sigma) + 1 }, (_, i) => Math.exp(-0.5 * (i / sigma) ** 2));
  const sum = half.reduce((total, weight, i) => total + (i === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

function along(
  data: Float32Array,
  weights: Float64Array,
  { length, stride }: { readonly length: number; readonly stride: number },
): Float32Array {
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const place = Math.floor(i / stride) % length;
    let sum = weights[0]! * data[i]!;
    for (let k = 1; k < weights.length; k++) {
      const before = Math.max(place - k, 0) - place;
      const after = Math.min(place + k, length - 1) - place;
      sum += weights[k]! * (data[i + before * stride]! + data[i + after * stride]!);
    }
    result[i] = sum;
  }
  return result;
}
