import type { Prediction, Question } from "../prediction/prediction.ts";
import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { toward } from "./move.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How much noise is added before a step. */
export type Churn = {
  /** The level that a step of a run of `count` steps starts from, once noise is added. */
  readonly level: (from: Level, count: number) => Level;
  /** How much more noise than asked is drawn; 1 by default. */
  readonly scale?: number;
  /** Whether noise is drawn where none is added, too, so that a seed means the same as elsewhere; false by default. */
  readonly alwaysDraws?: boolean;
};

/** What fixes a churn, in the letters of its paper. */
export type ChurnOptions = Pick<Churn, "scale" | "alwaysDraws"> & {
  /** S_churn: how much noise is added, spread over all steps of a run. */
  readonly amount: number;
  /** S_tmin: the least σ at which any is; 0 by default. */
  readonly min?: number;
  /** S_tmax: the largest σ at which any is; no limit by default. */
  readonly max?: number;
};

/**
 * Karras' churn: before a step σ grows by the factor 1 + min(S_churn/N, √2 − 1), by noise that is drawn anew.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, algorithm 2.
 *
 * @example
 * ```ts
 * import { churn } from "@unnoise/lib";
 *
 * const { level } = churn({ amount: 1 });
 * console.assert(level({ time: 0, alpha: 1, sigma: 2 }, 10).sigma === 2.2);
 * ```
 */
export function churn({ amount, min = 0, max = Infinity, ...options }: ChurnOptions): Churn {
  const level = (from: Level, count: number) => {
    const ratio = from.sigma / from.alpha;
    if (amount === 0 || !(min <= ratio && ratio <= max)) return from;
    return { ...from, sigma: from.sigma * (1 + Math.min(amount / count, Math.SQRT2 - 1)) };
  };
  return { ...options, level };
}

/**
 * The sample with as much noise added as leads from a level to a noisier one of the same α.
 *
 * @throws {TypeError} when there is noise to add and no source of it
 *
 * @example
 * ```ts
 * import { stir, tensor } from "@unnoise/lib";
 *
 * const ones = (shape: readonly number[]) => tensor(shape, new Float32Array(1).fill(1));
 * const [from, to] = [{ time: 0, alpha: 1, sigma: 3 }, { time: 0, alpha: 1, sigma: 5 }];
 * console.assert(stir(tensor([1]), from, to, { noise: ones }).data[0] === 4);
 * ```
 */
export function stir(
  x: Tensor,
  from: Level,
  to: Level,
  { noise, scale = 1, alwaysDraws = false }: Pick<Churn, "scale" | "alwaysDraws"> & {
    readonly noise?: Noise | undefined;
  },
): Tensor {
  const fresh = scale * Math.sqrt(to.sigma ** 2 - from.sigma ** 2);
  if (fresh === 0 && !alwaysDraws) return x;
  if (noise === undefined) throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
  return mix([1, x], [fresh, noise(x.shape, from, to)]);
}

/** How a churn that comes after the question is reckoned with. */
export type LateChurnOptions = {
  /** How much noise is added. */
  readonly churn: Churn;
  /** Where it comes from. */
  readonly noise: Noise;
  /** Reads an output once more, for the sample with the noise added, which is at the level of `question`. */
  readonly read: (raw: Tensor, question: Question, asked: Level) => Pick<Prediction, "image">;
  /** The number of steps that the churn is spread over; those of the walk by default. */
  readonly count?: number;
};

/**
 * Euler's method with the churn of diffusers, which adds noise after the network was asked, and takes its answer to be one
 * about the sample with that noise.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, algorithm 2, where the network is asked afterwards.
 *
 * @example
 * ```ts
 * import { churn, grid, lateChurn, levelOf, read, sample, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const steps = grid([8, 2, 0].map((sigma, i) => levelOf(sigma, "variance_exploding", i)));
 * const ask = (raw: ReturnType<typeof tensor>, question: Parameters<typeof read>[2]) => read("epsilon", raw, question);
 * const options = { churn: churn({ amount: 1 }), noise: torchGenerator(0).randn, read: ask };
 * const run = sample(lateChurn(tensor([1]), steps, options), (question) => Promise.resolve(ask(question.x, question)));
 * for await (const { at } of run) console.assert(at.sigma === 8 || at.sigma === 2);
 * ```
 */
export function* lateChurn(
  x: Tensor,
  steps: readonly Step[],
  { churn, noise, read, count = steps.length }: LateChurnOptions,
): Sampler {
  for (const [from, to] of steps) {
    const { x: asked, raw } = yield { x, at: from };
    const at = churn.level(from, count);
    const stirred = stir(asked, from, at, { ...churn, noise });
    x = toward(stirred, read(raw, { x: stirred, at }, from).image, at, to);
  }
  return x;
}
