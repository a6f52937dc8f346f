/**
 * What a step of an exponential integrator takes of a polynomial u, u², u³ …, where u is the way gone: 0 at the start of
 * the step, 1 at its end. One number less than there are nodes, each a place on that way where a prediction is known.
 *
 * Of a step, z is all that counts: −h where images are followed, h where noises are, and more of it where noise is fresh.
 */
export type Moments = (z: number, nodes: readonly number[]) => readonly number[];

/**
 * The exact moments, the means of uᵏ under the weight e^(−zu): k!·φₖ₊₁(z)/φ₁(z). They make a method of as many orders as
 * it has nodes: DPM-Solver's "heun", DEIS, SA-Solver and most of UniPC.
 *
 * Sources: Hochbruck and Ostermann 2010, Acta Numerica 19; Lu et al. 2022, arXiv:2206.00927.
 *
 * @example
 * ```ts
 * import { exactMoments } from "@unnoise/lib";
 *
 * const [first, second] = exactMoments(0, [0, -1, -2]);
 * console.assert(first === 1 / 2 && Math.abs(second! - 1 / 3) < 1e-15);
 * ```
 */
export function exactMoments(z: number, nodes: readonly number[]): number[] {
  return nodes.slice(1).map((_, i) => factorial(i + 1) * phi(i + 2, z) / phi(1, z));
}

/**
 * The weights of the predictions at `nodes`, so that their sum is the guess that takes the step: of each the polynomial
 * that is 1 there and 0 at the others, as the moments weigh it.
 *
 * @param nodes the places of the predictions, in the unit of `length`; no two alike
 * @param length the length of the step
 *
 * @example
 * ```ts
 * import { exponentialWeights } from "@unnoise/lib";
 *
 * const weights = exponentialWeights(() => [0.5], -1, [0, -3], 1.5);
 * console.assert(weights.join() === "1.25,-0.25");
 * ```
 */
export function exponentialWeights(
  moments: Moments,
  z: number,
  nodes: readonly number[],
  length: number,
): number[] {
  const means = [1, ...moments(z, nodes.map((node) => node / length)).map((mean, i) => mean * length ** (i + 1))];
  return nodes.map((own, i) => {
    const basis = nodes.toSpliced(i, 1).reduce((polynomial, other) => {
      return [0, ...polynomial].map((above, k) => (above - other * (polynomial[k] ?? 0)) / (own - other));
    }, [1]);
    return basis.reduce((sum, coefficient, k) => sum + coefficient * means[k]!, 0);
  });
}

/** φₖ(z) = Σ zʲ/(j + k)!, by φₖ = (φₖ₋₁ − 1/(k − 1)!)/z where that cancels nothing. */
function phi(k: number, z: number): number {
  if (Math.abs(z) >= 1) return k === 0 ? Math.exp(z) : (phi(k - 1, z) - 1 / factorial(k - 1)) / z;
  let sum = 1;
  for (let j = 18; j > 0; j--) sum = 1 + sum * z / (k + j);
  return sum / factorial(k);
}

function factorial(k: number): number {
  return k < 2 ? 1 : k * factorial(k - 1);
}
