import { MOST_TERMS, type Range, simd } from "./simd.ts";

const everything: Range = { low: -Infinity, high: Infinity };

/**
 * Writes `w₁·a₁ + w₂·a₂ + …` into `out`: one pass over memory, summed in double precision in the order of the terms, each
 * value rounded once and kept in a range. `out` may be one of the arrays.
 */
export function blend(
  weights: readonly number[],
  arrays: readonly Float32Array[],
  out: Float32Array,
  range: Range = everything,
): void {
  if (simd && arrays.length > 0 && arrays.length <= MOST_TERMS) simd.blend(weights, arrays, out, range);
  else plainBlend(weights, arrays, out, range);
}

/** The same in JavaScript alone. */
export function plainBlend(
  weights: readonly number[],
  arrays: readonly Float32Array[],
  out: Float32Array,
  { low, high }: Range = everything,
): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < arrays.length; k++) sum += weights[k]! * arrays[k]![i]!;
    out[i] = Math.min(high, Math.max(low, sum));
  }
}
