import type { Step } from "../schedule/grid.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { along } from "./move.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Gradient estimation: Euler's method along `γ·ε̂ + (1 − γ)·ε̂₋₁`, the noise moved away from what it was a step before. The
 * last step, to a clean level, takes the image as it is.
 *
 * Source: Permenter and Yuan 2023, arXiv:2306.04848, algorithm 2.
 *
 * @example
 * ```ts
 * import { gradientEstimation, grid, levelOf, read, sample, tensor } from "@unnoise/lib";
 *
 * const steps = grid([4, 2, 1, 0].map((sigma) => levelOf(sigma, "variance_exploding", sigma)));
 * const sampler = gradientEstimation(tensor([1], new Float32Array([4])), steps);
 * for await (const { x, at } of sample(sampler, (question) => {
 *   return Promise.resolve(read("sample", tensor([1]), question));
 * })) console.assert(x.data[0] === at.sigma);
 * ```
 */
export function* gradientEstimation(
  x: Tensor,
  steps: readonly Step[],
  { gamma = 2 }: { readonly gamma?: number } = {},
): Sampler {
  const keep = keeper(2);
  let before: Tensor | undefined;
  for (const [from, to] of steps) {
    const here = yield { x, at: from };
    const noise = keep(here.noise);
    const estimate = before && to.sigma > 0 ? mix([gamma, noise], [1 - gamma, before]) : noise;
    x = along(here.x, estimate, from, to);
    before = noise;
  }
  return x;
}
