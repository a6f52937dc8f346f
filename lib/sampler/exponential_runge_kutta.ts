import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Churn, stir } from "./churn.ts";
import type { Seen } from "./exponential_move.ts";
import { exactMoments, exponentialWeights, type Moments } from "./exponential_weights.ts";
import { type Freshness, posterior } from "./freshness.ts";
import { along, lambdaStep, toward } from "./move.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** Where a step asks between its ends, and how it weighs what it is told. */
export type Stages = {
  /** The places of the further questions on the way through λ, each above 0 and at most 1. */
  readonly places: readonly number[];
  /** How the first prediction of a step is weighed with the latest. */
  readonly moments: Moments;
};

/** The first order: no further question. */
export const noStages: Stages = { places: [], moments: exactMoments };

/** How an exponential Runge–Kutta method goes. */
export type RungeKuttaOptions = {
  /** The stages of a step of order 1, 2, 3 …; a step of the grid without an order takes the last of them. */
  readonly stages: readonly Stages[];
  /** The level a share of the way through λ from one level to another. */
  readonly between: (from: Level, to: Level, share: number) => Level;
  /** What it follows: the predicted images, which is the default, or the predicted noises. */
  readonly predicts?: "image" | "noise";
  /** How much of the noise is fresh; none by default. */
  readonly freshness?: Freshness;
  /**
   * Where it is drawn. `end`, the default: the stages lie on a way without noise, to the level that is left to fill up.
   * `stages`: each of them draws its own for the whole way to it. `parts`: each draws for the part since the one before.
   */
  readonly draws?: "end" | "stages" | "parts";
  /** How much noise is added before each step; none by default. */
  readonly churn?: Churn;
  /** Where fresh noise comes from; needed as soon as any is fresh. */
  readonly noise?: Noise;
};

/**
 * The exponential Runge–Kutta method: a step asks at its beginning and at places between, each reached by what was told
 * before, and goes along the first and the latest prediction, weighed to one.
 *
 * Heun's method, DPM-Solver-2 and -3, DPM++ 2S and SDE, RES and SEEDS are this with other places and moments. A step to a
 * clean level, which is infinitely long, is of the first order.
 *
 * Sources: DPM-Solver arXiv:2206.00927; DPM-Solver++ arXiv:2211.01095; RES arXiv:2308.02157; SEEDS arXiv:2305.14267.
 *
 * @throws {TypeError} when noise is to be fresh and no source of it is given
 *
 * @example
 * ```ts
 * import { exactMoments, exponentialRungeKutta, grid, levelOf, read, sample, tensor } from "@unnoise/lib";
 *
 * const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
 * const sampler = exponentialRungeKutta(tensor([1], new Float32Array([4])), grid([4, 1, 0].map(level)), {
 *   stages: [{ places: [0.5], moments: exactMoments }],
 *   between: (from, to, share) => level(from.sigma ** (1 - share) * to.sigma ** share),
 * });
 * const asked = [];
 * for await (const { at } of sample(sampler, (question) => {
 *   return Promise.resolve(read("sample", tensor([1]), question));
 * })) asked.push(at.sigma);
 * console.assert(asked.join() === "4,2,1");
 * ```
 */
export function* exponentialRungeKutta(
  x: Tensor,
  steps: readonly Step[],
  { stages, between, predicts = "image", freshness = posterior(0), draws = "end", churn, noise }: RungeKuttaOptions,
): Sampler {
  const draw: Noise = (shape, from, to) => {
    if (noise === undefined) throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
    return noise(shape, from, to);
  };
  const [keepStart, keepFirst, keepDrawn] = [keeper(1), keeper(1), keeper(2)];
  const [sign, move] = predicts === "image" ? [-1, toward] as const : [1, along] as const;
  for (const [begin, to, { order = stages.length } = {}] of steps) {
    const from = churn?.level(begin, steps.length) ?? begin;
    const here = yield { x: churn ? stir(x, begin, from, { ...churn, noise }) : x, at: from };
    const down = { ...to, sigma: freshness([from, to]).keep };
    const end = draws === "end" ? down : to;
    const { places, moments } = end.sigma === 0 ? noStages : stages[Math.min(order, stages.length) - 1]!;
    const first = here[predicts];
    // Without a further question all is used up at once, and nothing need be kept.
    const known = { at: from, guess: places.length === 0 ? first : keepFirst(first) };
    const start = places.length === 0 ? here.x : keepStart(here.x);
    let drawn: { readonly at: Level; readonly noise?: Tensor } = { at: from };

    /** Where the way from the start leads by what is known, its fresh noise included. */
    const reach = (end: Level, seen: readonly Seen[], noisy: boolean): Tensor => {
      const { keep, fresh } = noisy ? freshness([from, end]) : { keep: end.sigma, fresh: 0 };
      const goal = { ...end, sigma: keep };
      const length = lambdaStep(from, draws === "end" ? goal : end);
      const nodes = seen.map(({ at }) => lambdaStep(from, at));
      const weights = keep === 0 ? [1, 0] : exponentialWeights(moments, sign * lambdaStep(from, goal), nodes, length);
      const [head, ...others] = seen.map(({ guess }, i) => [weights[i]!, guess] as const);
      const moved = move(start, mix(head!, ...others), from, goal);
      if (fresh === 0) return moved;
      if (draws !== "parts") return mix([1, moved], [fresh, draw(x.shape, from, end)]);
      const part = freshness([drawn.at, end]);
      const old = drawn.noise && [part.keep / drawn.at.sigma, drawn.noise] as const;
      const added = part.fresh === 0 ? [] : [[part.fresh, draw(x.shape, drawn.at, end)] as const];
      const [some, ...more] = [...old ? [old] : [], ...added];
      drawn = { at: end, noise: keepDrawn(mix(some!, ...more)) };
      return mix([1, moved], [1, drawn.noise!]);
    };

    let seen: readonly Seen[] = [known];
    for (const place of places) {
      const at = place === 1 ? end : between(from, end, place);
      const there = yield { x: reach(at, seen, draws !== "end"), at };
      seen = [known, { at, guess: there[predicts] }];
    }
    x = reach(to, seen, true);
  }
  return x;
}
