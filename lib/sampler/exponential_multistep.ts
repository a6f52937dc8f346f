import type { Step } from "../schedule/grid.ts";
import { keeper } from "../tensor/keep.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { exponentialMove, type ExponentialOptions, type Seen } from "./exponential_move.ts";
import type { Sampler } from "./sampler.ts";

/** How a multistep exponential integrator goes. */
export type ExponentialMultistepOptions = ExponentialOptions & {
  /** How many predictions a step goes by, 2 by default. */
  readonly predictor?: number;
  /** How many the same step goes by when it is done again, the prediction at its end among them; 0 by default: never. */
  readonly corrector?: number;
};

/**
 * The multistep exponential integrator: each step goes by the last few predictions. With a corrector, each is done again
 * from its start once its end has been asked about, at no further question.
 *
 * DPM-Solver, DEIS, UniPC and SA-Solver are this method with other moments. A step of the grid that has an `order` goes by
 * no more predictions than that, and is done again by one more at most; one that is infinitely long, to a clean level, or
 * that goes nowhere goes by one.
 *
 * Sources: DPM-Solver++ arXiv:2211.01095; DEIS arXiv:2204.13902; UniPC arXiv:2302.04867; SA-Solver arXiv:2309.05019.
 *
 * @example
 * ```ts
 * import { exactMoments, exponentialMultistep, grid, levelAt, noiseSchedule, read, sample, tensor } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, 699, 399, 99].map((time) => levelAt(schedule, time)));
 * const start = tensor([1], new Float32Array([1]));
 * const sampler = exponentialMultistep(start, steps, { moments: exactMoments, predictor: 2, corrector: 3 });
 * const asked = [];
 * for await (const { x, at } of sample(sampler, (question) => Promise.resolve(read("v_prediction", start, question)))) {
 *   asked.push(at.time);
 *   console.assert(Number.isFinite(x.data[0]));
 * }
 * console.assert(asked.join() === "999,699,399");
 * ```
 */
export function* exponentialMultistep(
  x: Tensor,
  steps: readonly Step[],
  { predictor = 2, corrector = 0, ...options }: ExponentialMultistepOptions,
): Sampler {
  const corrects = corrector > 0;
  const { predicts = "image" } = options;
  const capacity = Math.max(predictor, corrector) - 1;
  // One more than is looked back on: what the next sample is still to be worked out from must not be overwritten.
  const [keep, keepStart, keepNoise] = [keeper(capacity + 1), keeper(1), keeper(1)];
  let seen: readonly Seen[] = [];
  let again: ((end: Seen) => Tensor) | undefined;
  for (const [from, to, { order = Infinity, corrected = true } = {}] of steps) {
    const ordinary = to.sigma > 0 && to.sigma !== from.sigma;
    const prediction = yield { x, at: from };
    const now = { at: from, guess: prediction[predicts] };
    const start = corrects ? keepStart(again?.(now) ?? prediction.x) : prediction.x;
    const drawn = ordinary ? options.noise?.(x.shape, from, to) : undefined;
    const fresh = drawn && corrects ? keepNoise(drawn) : drawn;
    const walk = (known: readonly Seen[]) => exponentialMove(start, from, to, known, options, fresh);
    x = walk([now, ...seen].slice(0, ordinary ? Math.min(predictor, order) : 1));
    if (capacity > 0) seen = [{ at: from, guess: keep(now.guess) }, ...seen].slice(0, capacity);
    again = corrects && corrected ? (end) => walk([end, ...seen].slice(0, Math.min(corrector, order + 1))) : undefined;
  }
  return x;
}
