/**
 * The quantile of a Beta(a, b) distribution: the x at which its cumulative distribution is `part`.
 *
 * By bisection on the regularised incomplete beta function, which is worked out as a continued fraction.
 *
 * Source: DLMF 8.17.22.
 */
export function betaQuantile(part: number, a: number, b: number): number {
  if (part <= 0) return 0;
  if (part >= 1) return 1;
  const whole = Math.exp(logGamma(a) + logGamma(b) - logGamma(a + b));
  let [low, high] = [0, 1];
  for (let i = 0; i < 100 && low < high; i++) {
    const middle = (low + high) / 2;
    if (cumulative(middle, a, b, whole) < part) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function cumulative(x: number, a: number, b: number, whole: number): number {
  if (x > (a + 1) / (a + b + 2)) return 1 - cumulative(1 - x, b, a, whole);
  let fraction = 0;
  for (let m = 60; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -((a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    fraction = even / (1 + odd / (1 + fraction));
  }
  const first = -((a + b) * x) / (a + 1);
  return (x ** a * (1 - x) ** b) / (a * whole * (1 + first / (1 + fraction)));
}

/** ln Γ(x) for x > 0: Stirling's series, reached by Γ(x + 1) = xΓ(x). */
function logGamma(x: number): number {
  let [shifted, product] = [x, 1];
  while (shifted < 10) product *= shifted++;
  const square = shifted * shifted;
  const series = (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
