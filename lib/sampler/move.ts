import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The move that every solver ends in: from one level to the next, straight toward a guess of the image.
 *
 * `x′ = (σ′/σ)·x + (α′ − α·σ′/σ)·image`, which keeps whatever noise the image leaves in x.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { tensor, toward } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const [from, to] = [{ time: 9, alpha: 1, sigma: 2 }, { time: 4, alpha: 1, sigma: 1 }];
 * console.assert(toward(one(4), one(2), from, to).data[0] === 3);
 * ```
 */
export function toward(x: Tensor, image: Tensor, from: Level, to: Level): Tensor {
  const left = to.sigma / from.sigma;
  return mix([left, x], [to.alpha - from.alpha * left, image]);
}

/**
 * The same move along a guess of the noise: `x′ = (α′/α)·x + (σ′ − σ·α′/α)·noise`.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { along, tensor } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const [from, to] = [{ time: 9, alpha: 1, sigma: 2 }, { time: 4, alpha: 1, sigma: 1 }];
 * console.assert(along(one(4), one(1), from, to).data[0] === 3);
 * ```
 */
export function along(x: Tensor, noise: Tensor, from: Level, to: Level): Tensor {
  const grown = to.alpha / from.alpha;
  return mix([grown, x], [to.sigma - from.sigma * grown, noise]);
}

/**
 * The length of a step as exponential integrators measure it: the change of λ = ln(α/σ). Infinite when the end is clean.
 *
 * Source: Lu et al. 2022, arXiv:2206.00927.
 *
 * @example
 * ```ts
 * import { lambdaStep } from "@unnoise/lib";
 *
 * console.assert(lambdaStep({ time: 9, alpha: 1, sigma: Math.E }, { time: 4, alpha: 1, sigma: 1 }) === 1);
 * ```
 */
export function lambdaStep(from: Level, to: Level): number {
  return Math.log(to.alpha / to.sigma) - Math.log(from.alpha / from.sigma);
}
