/** How many sums are kept at hand where there are more terms than a loop of its own is written for. */
const BLOCK = 512;
const sums = /* @__PURE__ */ new Float64Array(BLOCK);

/**
 * Writes `w₁·a₁ + w₂·a₂ + …` into `out`: one pass over memory, summed in double precision, each value rounded once.
 *
 * The loops for one to four terms are written out, and take four values a turn, because that is what a JavaScript engine
 * turns into straight machine code; `out` may be one of the arrays.
 */
export function blend(weights: readonly number[], arrays: readonly Float32Array[], out: Float32Array): void {
  const { length } = out;
  const [a = 0, b = 0, c = 0, d = 0] = weights;
  const [x = out, y = out, z = out, w = out] = arrays;
  const even = length - length % 4;
  let i = 0;
  switch (arrays.length) {
    case 0:
      out.fill(0);
      return;
    case 1:
      for (; i < even; i += 4) {
        out[i] = a * x[i]!;
        out[i + 1] = a * x[i + 1]!;
        out[i + 2] = a * x[i + 2]!;
        out[i + 3] = a * x[i + 3]!;
      }
      for (; i < length; i++) out[i] = a * x[i]!;
      return;
    case 2:
      for (; i < even; i += 4) {
        out[i] = a * x[i]! + b * y[i]!;
        out[i + 1] = a * x[i + 1]! + b * y[i + 1]!;
        out[i + 2] = a * x[i + 2]! + b * y[i + 2]!;
        out[i + 3] = a * x[i + 3]! + b * y[i + 3]!;
      }
      for (; i < length; i++) out[i] = a * x[i]! + b * y[i]!;
      return;
    case 3:
      for (; i < length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]!;
      return;
    case 4:
      for (; i < length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]! + d * w[i]!;
      return;
  }
  for (let start = 0; start < length; start += BLOCK) {
    const count = Math.min(BLOCK, length - start);
    sums.fill(0);
    for (const [k, array] of arrays.entries()) {
      const weight = weights[k]!;
      for (let j = 0; j < count; j++) sums[j]! += weight * array[start + j]!;
    }
    for (let j = 0; j < count; j++) out[start + j] = sums[j]!;
  }
}
