import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix, type Term } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How ER-SDE goes. */
export type ErSdeOptions = {
  /** How much noise the SDE draws, as the function φ of σ/α; s itself is the ODE. `erSdeScale` by default. */
  readonly scale?: (ratio: number) => number;
  /** By how many predictions a step goes, from 1 to 3, the default; of three the order of accuracy is still 2. */
  readonly order?: number;
  /** Where fresh noise comes from. */
  readonly noise?: Noise | undefined;
};

/**
 * The paper's own φ, "ER-SDE 5": s·(e^(s^0.3) + 10).
 *
 * @example
 * ```ts
 * import { erSdeScale } from "@unnoise/lib";
 *
 * console.assert(erSdeScale(0) === 0 && erSdeScale(1) === Math.E + 10);
 * ```
 */
export function erSdeScale(ratio: number): number {
  return ratio * (Math.exp(ratio ** 0.3) + 10);
}

/**
 * Extended reverse-time SDE solver: an exact step of an SDE whose noise a function φ of s = σ/α chooses, along the image as
 * a polynomial in s through the last predictions.
 *
 * With r = φ(s′)/φ(s): `x′/α′ = r·x/α + (1 − r)·x̂₀ + …·dx̂₀/ds + √(s′² − r²s²)·z`, where what stands before the derivatives
 * are integrals over 1/φ.
 *
 * Source: Cui et al. 2023, arXiv:2309.06169.
 *
 * @throws {TypeError} when noise is to be fresh and no source of it is given
 *
 * @example
 * ```ts
 * import { erSde, grid, levelOf, read, sample, tensor } from "@unnoise/lib";
 *
 * const steps = grid([4, 2, 1, 0].map((sigma) => levelOf(sigma, "variance_exploding", sigma)));
 * const sampler = erSde(tensor([1], new Float32Array([4])), steps, { scale: (ratio) => ratio });
 * for await (const { x, at } of sample(sampler, (question) => {
 *   return Promise.resolve(read("sample", tensor([1]), question));
 * })) console.assert(Math.abs(x.data[0]! - at.sigma) < 1e-6);
 * ```
 */
export function* erSde(
  x: Tensor,
  steps: readonly Step[],
  { scale = erSdeScale, order: highest = 3, noise }: ErSdeOptions = {},
): Sampler {
  const keep = keeper(3);
  let past: readonly { readonly ratio: number; readonly image: Tensor }[] = [];
  for (const [from, to, { order = highest } = {}] of steps) {
    const here = yield { x, at: from };
    const [start, end] = [ratioOf(from), ratioOf(to)];
    past = [{ ratio: start, image: keep(here.image) }, ...past].slice(0, end === 0 ? 1 : Math.min(order, highest));
    if (end === 0) {
      x = mix([to.alpha, here.image]);
      continue;
    }
    const kept = scale(end) / scale(start);
    // The first derivative by the last two images; the second by what the first derivatives of the last two pairs are.
    const slopes = past.slice(1).map(({ ratio, image }, i): Tensor => {
      const later = past[i]!;
      return mix([1 / (later.ratio - ratio), later.image], [-1 / (later.ratio - ratio), image]);
    });
    const terms: Term[] = [[to.alpha * kept / from.alpha, here.x], [to.alpha * (1 - kept), here.image]];
    if (slopes[0]) {
      const first = end - start + scale(end) * integral(scale, end, start, () => 1);
      terms.push([to.alpha * first, slopes[0]]);
    }
    if (slopes[1]) {
      const reach = 2 / (start - past[2]!.ratio);
      const second = (end - start) ** 2 / 2 + scale(end) * integral(scale, end, start, (ratio) => ratio - start);
      terms.push([to.alpha * second * reach, slopes[0]!], [-to.alpha * second * reach, slopes[1]]);
    }
    const fresh = to.alpha * Math.sqrt(Math.max(0, end ** 2 - (kept * start) ** 2));
    if (fresh > 1e-6 * to.sigma) {
      if (noise === undefined) throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
      terms.push([fresh, noise(x.shape, from, to)]);
    }
    const [first, ...others] = terms;
    x = mix(first!, ...others);
  }
  return x;
}

const ratioOf = ({ alpha, sigma }: Level) => sigma / alpha;

/** ∫ f/φ from a ratio to a larger one, by Simpson's rule along the logarithm, where 1/φ is smooth. */
function integral(scale: (ratio: number) => number, low: number, high: number, f: (ratio: number) => number): number {
  const intervals = 64;
  const stride = Math.log(high / low) / intervals;
  let sum = 0;
  for (let i = 0; i <= intervals; i++) {
    const ratio = low * Math.exp(i * stride);
    const weight = i === 0 || i === intervals ? 1 : i % 2 === 0 ? 2 : 4;
    sum += weight * f(ratio) * ratio / scale(ratio);
  }
  return sum * stride / 3;
}
