import { sameShape, type Tensor } from "./tensor.ts";

/**
 * The inner product of two tensors, in double precision; of a tensor with itself, the square of its length.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { dot, tensor } from "@unnoise/lib";
 *
 * const a = tensor([2], new Float32Array([3, 4]));
 * console.assert(dot(a, a) === 25);
 * ```
 */
export function dot(a: Tensor, b: Tensor): number {
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(`Cannot multiply tensors: found shapes [${a.shape}] and [${b.shape}], expected equal ones`);
  }
  const [first, second] = [a.data, b.data];
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += first[i]! * second[i]!;
  return sum;
}

/**
 * The standard deviation of a tensor's values from their mean.
 *
 * @example
 * ```ts
 * import { deviation, tensor } from "@unnoise/lib";
 *
 * console.assert(deviation(tensor([2], new Float32Array([1, 5]))) === 2);
 * ```
 */
export function deviation({ data }: Tensor): number {
  let mean = 0;
  for (const value of data) mean += value / data.length;
  let variance = 0;
  for (const value of data) variance += (value - mean) ** 2 / data.length;
  return Math.sqrt(variance);
}
