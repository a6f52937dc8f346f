/** How many values one transform takes: eight radii, then eight angles. */
export const BLOCK = 16;

const single = Math.fround;
const TAU = single(2 * Math.PI);

/**
 * Turns sixteen uniform values in place into normal ones, in the very arithmetic of torch's vector code, bit for bit.
 *
 * That arithmetic is single precision throughout, with Cephes' polynomials for logarithm, sine and cosine, and a
 * multiplication followed by an addition rounded once. JavaScript's own Math.log and Math.cos are more accurate, but every
 * engine may have others; these give the same bits everywhere.
 *
 * Sources: Box and Muller 1958; Moshier's Cephes library, logf and sincosf.
 */
export function boxMuller(data: Float32Array, start: number): void {
  for (let i = start; i < start + BLOCK / 2; i++) {
    const radius = single(Math.sqrt(single(-2 * logarithm(single(1 - data[i]!)))));
    const [sine, cosine] = sineAndCosine(single(TAU * data[i + BLOCK / 2]!));
    data[i] = radius * cosine;
    data[i + BLOCK / 2] = radius * sine;
  }
}

/** Multiply and add, rounded once to single precision: the product of two singles is exact in double. */
const fused = (a: number, b: number, c: number) => single(a * b + c);

const polynomial = (coefficients: Float32Array, x: number) => {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = fused(sum, x, coefficients[i]!);
  return sum;
};

const ROOT_OF_HALF = single(Math.SQRT1_2);
const LOGARITHM = Float32Array.of(
  7.0376836292e-2,
  -1.1514610310e-1,
  1.1676998740e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
/** ln 2 in two parts, the first short enough that its multiples are exact. */
const [LN2_HIGH, LN2_LOW] = [0.693359375, single(-2.12194440e-4)];

/** The natural logarithm of a multiple of 2⁻²⁴ in (0, 1]. */
function logarithm(value: number): number {
  let exponent = 8 - Math.clz32(value * 2 ** 24);
  const fraction = value / 2 ** exponent;
  let x = single(fraction - 1);
  if (fraction < ROOT_OF_HALF) {
    exponent--;
    x = single(x + fraction);
  }
  const square = single(x * x);
  let y = single(polynomial(LOGARITHM, x) * x);
  y = fused(y, square, single(exponent * LN2_LOW));
  y = fused(square, -0.5, y);
  return fused(exponent, LN2_HIGH, single(x + y));
}

const FOUR_OVER_PI = single(4 / Math.PI);
/** π/4 in three parts, the first two short enough that their small multiples are exact. */
const QUARTER_PI = Float32Array.of(0.78515625, 2.4187564849853515625e-4, 3.77489497744594108e-8);
const SINE = Float32Array.of(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1);
const COSINE = Float32Array.of(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2);

/** Sine and cosine of an angle from 0 to 2π. */
function sineAndCosine(angle: number): [sine: number, cosine: number] {
  const octant = (Math.trunc(single(angle * FOUR_OVER_PI)) + 1) & ~1;
  let x = angle;
  for (const part of QUARTER_PI) x = fused(octant, -part, x);
  const square = single(x * x);
  let even = single(polynomial(COSINE, square) * square);
  even = single(fused(even, square, -single(square * 0.5)) + 1);
  const odd = fused(single(polynomial(SINE, square) * square), x, x);
  const [sine, cosine] = (octant & 2) === 0 ? [odd, even] : [even, odd];
  return [(octant & 4) === 0 ? sine : -sine, ((octant - 2) & 4) === 0 ? -cosine : cosine];
}
