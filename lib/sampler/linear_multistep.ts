import type { Step } from "../schedule/grid.ts";
import { type Level, sigmaOf } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix, type Term } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exactMoments, exponentialWeights } from "./exponential_weights.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Adams' weights on any axis: the integrals from one place to another of the polynomials that are 1 at one node and 0 at
 * the others. They add up to the length of the way.
 *
 * Source: Bashforth and Adams 1883; on unequal steps, Hairer, Nørsett and Wanner 1993, section III.5.
 *
 * @param nodes places on the axis, each another
 *
 * @example
 * ```ts
 * import { adamsWeights } from "@unnoise/lib";
 *
 * console.assert(adamsWeights([1, 0], 1, 2).join() === "1.5,-0.5");
 * ```
 */
export function adamsWeights(nodes: readonly number[], from: number, to: number): number[] {
  const length = to - from;
  const places = nodes.map((node) => (node - from) / length);
  return exponentialWeights(exactMoments, 0, places, 1).map((weight) => length * weight);
}

/** How far back a linear multistep sampler looks. */
export type LinearMultistepOptions = {
  /** The most predictions that a step combines, 4 by default; the first steps have fewer. */
  readonly order?: number;
};

/**
 * The linear multistep method: the noise as a polynomial of σ/α through the last predictions, integrated exactly.
 *
 * Source: Adams and Bashforth's method on unequal steps, as in Katherine Crowson's k-diffusion.
 *
 * @throws {RangeError} when the order is not a whole number of 1 or more
 *
 * @example
 * ```ts
 * import { grid, levelOf, linearMultistep, read, sample, tensor } from "@unnoise/lib";
 *
 * const steps = grid([8, 4, 2, 0].map((sigma, i) => levelOf(sigma, "variance_exploding", i)));
 * let asked = 0;
 * const run = sample(linearMultistep(tensor([1]), steps), (question) => {
 *   return Promise.resolve(read("epsilon", question.x, question));
 * });
 * for await (const { at } of run) asked += at.sigma;
 * console.assert(asked === 14);
 * ```
 */
export function* linearMultistep(
  x: Tensor,
  steps: readonly Step[],
  { order = 4 }: LinearMultistepOptions = {},
): Sampler {
  if (!Number.isSafeInteger(order) || order < 1) {
    throw new RangeError(`Cannot combine ${order} predictions: expected a whole number of 1 or more`);
  }
  // One more than needed: a sample that is not worked out yet may still lean on the oldest.
  const keep = keeper(order + 1);
  const axis = (level: Level) => sigmaOf(level, "variance_preserving");
  let past: { readonly noise: Tensor; readonly place: number }[] = [];
  for (const [from, to, { order: highest = order } = {}] of steps) {
    const here = yield { x, at: from };
    past = [{ noise: keep(here.noise), place: axis(from) }, ...past].slice(0, order);
    const used = past.slice(0, highest);
    const weights = adamsWeights(used.map(({ place }) => place), axis(from), axis(to));
    const terms = used.map(({ noise }, i): Term => [to.alpha * weights[i]!, noise]);
    x = mix([to.alpha / from.alpha, here.x], ...terms);
  }
  return x;
}
