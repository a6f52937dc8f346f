/** How many sums are kept at hand where there are more terms than a loop of its own is written for. */
const BLOCK = 512;

/**
 * Writes `w₁·a₁ + w₂·a₂ + …` into `out`: one pass over memory, summed in double precision, each value rounded once.
 *
 * The loops for few terms are written out, each in a function of its own and four values a turn, because that is what a
 * JavaScript engine turns into straight machine code, whoever calls. `out` may be one of the arrays.
 */
export function blend(weights: readonly number[], arrays: readonly Float32Array[], out: Float32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = weights;
  const [x = out, y = out, z = out, w = out] = arrays;
  switch (arrays.length) {
    case 0:
      return void out.fill(0);
    case 1:
      return one(out, a, x);
    case 2:
      return two(out, a, x, b, y);
    case 3:
      return three(out, a, x, b, y, c, z);
    case 4:
      return four(out, a, x, b, y, c, z, d, w);
    default:
      return many(out, weights, arrays);
  }
}

function one(out: Float32Array, a: number, x: Float32Array) {
  const { length } = out;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const first = a * x[i]!;
    const second = a * x[i + 1]!;
    const third = a * x[i + 2]!;
    const fourth = a * x[i + 3]!;
    out[i] = first;
    out[i + 1] = second;
    out[i + 2] = third;
    out[i + 3] = fourth;
  }
  for (; i < length; i++) out[i] = a * x[i]!;
}

function two(out: Float32Array, a: number, x: Float32Array, b: number, y: Float32Array) {
  const { length } = out;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const first = a * x[i]! + b * y[i]!;
    const second = a * x[i + 1]! + b * y[i + 1]!;
    const third = a * x[i + 2]! + b * y[i + 2]!;
    const fourth = a * x[i + 3]! + b * y[i + 3]!;
    out[i] = first;
    out[i + 1] = second;
    out[i + 2] = third;
    out[i + 3] = fourth;
  }
  for (; i < length; i++) out[i] = a * x[i]! + b * y[i]!;
}

function three(out: Float32Array, a: number, x: Float32Array, b: number, y: Float32Array, c: number, z: Float32Array) {
  const { length } = out;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const first = a * x[i]! + b * y[i]! + c * z[i]!;
    const second = a * x[i + 1]! + b * y[i + 1]! + c * z[i + 1]!;
    const third = a * x[i + 2]! + b * y[i + 2]! + c * z[i + 2]!;
    const fourth = a * x[i + 3]! + b * y[i + 3]! + c * z[i + 3]!;
    out[i] = first;
    out[i + 1] = second;
    out[i + 2] = third;
    out[i + 3] = fourth;
  }
  for (; i < length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]!;
}

function four(
  out: Float32Array,
  a: number,
  x: Float32Array,
  b: number,
  y: Float32Array,
  c: number,
  z: Float32Array,
  d: number,
  w: Float32Array,
) {
  const { length } = out;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const first = a * x[i]! + b * y[i]! + c * z[i]! + d * w[i]!;
    const second = a * x[i + 1]! + b * y[i + 1]! + c * z[i + 1]! + d * w[i + 1]!;
    const third = a * x[i + 2]! + b * y[i + 2]! + c * z[i + 2]! + d * w[i + 2]!;
    const fourth = a * x[i + 3]! + b * y[i + 3]! + c * z[i + 3]! + d * w[i + 3]!;
    out[i] = first;
    out[i + 1] = second;
    out[i + 2] = third;
    out[i + 3] = fourth;
  }
  for (; i < length; i++) out[i] = a * x[i]! + b * y[i]! + c * z[i]! + d * w[i]!;
}

/** In blocks that stay in the processor's nearest cache. */
function many(out: Float32Array, weights: readonly number[], arrays: readonly Float32Array[]) {
  const sums = new Float64Array(BLOCK);
  for (let start = 0; start < out.length; start += BLOCK) {
    const count = Math.min(BLOCK, out.length - start);
    sums.fill(0);
    for (const [k, array] of arrays.entries()) add(sums, weights[k]!, array, start, count);
    for (let j = 0; j < count; j++) out[start + j] = sums[j]!;
  }
}

function add(sums: Float64Array, weight: number, array: Float32Array, start: number, count: number) {
  for (let j = 0; j < count; j++) sums[j]! += weight * array[start + j]!;
}
