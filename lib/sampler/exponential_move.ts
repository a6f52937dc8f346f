import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exponentialWeights, type Moments } from "./exponential_weights.ts";
import { along, lambdaStep, toward } from "./move.ts";
import type { Noise } from "./sampler.ts";

/** How an exponential integrator moves. */
export type ExponentialOptions = {
  /** What it follows: the predicted images, which is the default, or the predicted noises. */
  readonly predicts?: "image" | "noise";
  /** How it weighs what it knows. */
  readonly moments: Moments;
  /** How stochastic a step is that starts from a level: τ, 0 by default, 1 as stochastic as DDPM. */
  readonly tau?: (from: Level) => number;
  /** Where fresh noise comes from; asked at each step that does not end clean, unless there is none. */
  readonly noise?: Noise | undefined;
};

/** A prediction that an exponential integrator goes by. */
export type Seen = {
  /** The level that it was asked at. */
  readonly at: Level;
  /** The image or the noise. */
  readonly guess: Tensor;
};

/**
 * The move of every exponential integrator: all that is known, weighed to one guess of the image or of the noise, then
 * straight along it.
 *
 * With τ above 0 the step is one of an SDE: it goes to less noise than asked, and `fresh` fills up what is missing.
 *
 * Sources: Lu et al. 2022, arXiv:2211.01095; Xue et al. 2023, arXiv:2309.05019.
 *
 * @param seen the predictions, of levels that are all different
 * @param fresh standard normal noise, needed where τ is above 0
 *
 * @example
 * ```ts
 * import { exactMoments, exponentialMove, tensor } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const [from, to] = [{ time: 9, alpha: 1, sigma: 2 }, { time: 4, alpha: 1, sigma: 1 }];
 * const x = exponentialMove(one(4), from, to, [{ at: from, guess: one(2) }], { moments: exactMoments });
 * console.assert(x.data[0] === 3);
 * ```
 */
export function exponentialMove(
  x: Tensor,
  from: Level,
  to: Level,
  seen: readonly Seen[],
  { predicts = "image", moments, tau = () => 0 }: ExponentialOptions,
  fresh?: Tensor,
): Tensor {
  const [move, stochastic] = predicts === "image" ? [toward, imageSplit] : [along, noiseSplit];
  const square = tau(from) ** 2;
  const length = lambdaStep(from, to);
  const z = predicts === "image" ? -(1 + square) * length : length;
  const weights = exponentialWeights(moments, z, seen.map(({ at }) => lambdaStep(from, at)), length);
  const [first, ...others] = seen.map(({ guess }, i) => [weights[i]!, guess] as const);
  const split = stochastic(from, to, square);
  const moved = move(x, mix(first!, ...others), from, { ...to, sigma: split.keep });
  return fresh === undefined ? moved : mix([1, moved], [split.fresh, fresh]);
}

/** How much noise a step keeps and how much is fresh, where it follows images: both make up σ′. */
function imageSplit(from: Level, to: Level, square: number): { readonly keep: number; readonly fresh: number } {
  const left = (to.sigma * from.alpha) / (from.sigma * to.alpha);
  return { keep: to.sigma * left ** square, fresh: to.sigma * Math.sqrt(Math.max(0, 1 - left ** (2 * square))) };
}

/** The same where it follows noises: by how much the noise would grow, less for as much as is drawn anew. */
function noiseSplit(from: Level, to: Level, square: number): { readonly keep: number; readonly fresh: number } {
  const grown = from.sigma * to.alpha / from.alpha;
  return {
    keep: to.sigma + square * (to.sigma - grown),
    fresh: Math.sqrt(Math.max(0, square * (grown ** 2 - to.sigma ** 2))),
  };
}
