import { type Tensor, tensor } from "./tensor.ts";

/** One summand of a mix: its weight and its tensor. */
export type Term = readonly [weight: number, tensor: Tensor];

/**
 * The weighted sum `w₁·t₁ + w₂·t₂ + …`: the only arithmetic that samplers need.
 *
 * Sums in double precision and rounds once. A term of weight 0 is left out, so that what it holds (even NaN) has no say.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { mix, tensor } from "@unnoise/lib";
 *
 * const a = tensor([2], new Float32Array([1, 2]));
 * const b = tensor([2], new Float32Array([10, 20]));
 * console.assert(mix([2, a], [0.5, b]).data[1] === 14);
 * ```
 */
export function mix(first: Term, ...rest: readonly Term[]): Tensor {
  const { shape, data: { length } } = first[1];
  for (const [, other] of rest) {
    if (other.shape.length !== shape.length || other.shape.some((axis, i) => axis !== shape[i])) {
      throw new RangeError(`Cannot mix tensors: found shapes [${shape}] and [${other.shape}], expected equal ones`);
    }
  }
  const sum = new Float64Array(length);
  for (const [weight, { data }] of [first, ...rest]) {
    if (weight === 0) continue;
    for (let i = 0; i < length; i++) sum[i]! += weight * data[i]!;
  }
  return tensor(shape, new Float32Array(sum));
}
