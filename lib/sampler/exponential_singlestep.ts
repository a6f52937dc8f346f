import type { Step } from "../schedule/grid.ts";
import { keeper } from "../tensor/keep.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exponentialMove, type ExponentialOptions, type Seen } from "./exponential_move.ts";
import type { Sampler } from "./sampler.ts";

/**
 * The singlestep exponential integrator: a stretch of one, two or three steps is one step of that order. Each of its parts
 * starts anew at its beginning and goes by all that has been asked since.
 *
 * A step of the grid with `order` 1 begins a stretch, as does the first and each that comes after three.
 *
 * Source: Lu et al. 2022, arXiv:2206.00927 and arXiv:2211.01095.
 *
 * @example
 * ```ts
 * import { exactMoments, exponentialSinglestep, levelAt, noiseSchedule, read, sample, tensor } from "@unnoise/lib";
 *
 * const [a, b, c] = [999, 699, 399].map((time) => levelAt(noiseSchedule({ name: "linear" }), time));
 * const start = tensor([1], new Float32Array([1]));
 * const steps = [[a!, b!, { order: 1 }], [b!, c!, { order: 2 }]] as const;
 * const sampler = exponentialSinglestep(start, steps, { moments: exactMoments });
 * for await (const { x } of sample(sampler, (question) => Promise.resolve(read("v_prediction", start, question)))) {
 *   console.assert(Number.isFinite(x.data[0]));
 * }
 * ```
 */
export function* exponentialSinglestep(x: Tensor, steps: readonly Step[], options: ExponentialOptions): Sampler {
  const { predicts = "image" } = options;
  const [keep, keepStart] = [keeper(3), keeper(1)];
  let [start, seen]: [Tensor, readonly Seen[]] = [x, []];
  for (const [from, to, { order } = {}] of steps) {
    const prediction = yield { x, at: from };
    if (order === 1 || seen.length % 3 === 0) [start, seen] = [keepStart(prediction.x), []];
    seen = [{ at: from, guess: keep(prediction[predicts]) }, ...seen];
    const fresh = to.sigma === 0 ? undefined : options.noise?.(x.shape, from, to);
    x = exponentialMove(start, seen.at(-1)!.at, to, seen, options, fresh);
  }
  return x;
}
