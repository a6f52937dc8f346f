import type { Prediction, Question } from "../prediction/prediction.ts";
import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { along } from "./move.ts";
import type { Sampler } from "./sampler.ts";

/** What a pseudo linear multistep sampler combines. */
export type PlmsOptions = {
  /** Reads a combination of the network's outputs; without it the noises are combined that were read from them. */
  readonly read?: (raw: Tensor, question: Question) => Prediction;
};

/** Adams and Bashforth's weights of the last noises, the latest first, for steps that are all equally long. */
const ADAMS = [
  [1],
  [3 / 2, -1 / 2],
  [23 / 12, -16 / 12, 5 / 12],
  [55 / 24, -59 / 24, 37 / 24, -9 / 24],
] as const;

/**
 * Pseudo linear multistep: each step goes along what the last four predictions say together, as if steps were even.
 *
 * A step whose grid names levels `via` between its ends begins on its own, without a past: as Heun's method where its order
 * is 2, else as Runge and Kutta's. Of the two levels the first is where the sample goes first, the second where the
 * network is asked about it.
 *
 * Sources: Liu et al. 2022, arXiv:2202.09778, algorithm 2; without a start of its own, Zhang and Chen 2022,
 * arXiv:2204.13902 (iPNDM).
 *
 * @example
 * ```ts
 * import { grid, levelAt, noiseSchedule, plms, read, sample, tensor } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, 799, 599, 399, 199, -1].map((time) => levelAt(schedule, time)));
 * let asked = 0;
 * for await (const { at } of sample(plms(tensor([1]), steps), (question) => {
 *   return Promise.resolve(read("epsilon", question.x, question));
 * })) asked += at.sigma > 0 ? 1 : 0;
 * console.assert(asked === 5);
 * ```
 */
export function* plms(x: Tensor, steps: readonly Step[], { read }: PlmsOptions = {}): Sampler {
  // Five pasts for four: a sample that is not worked out yet may still lean on the oldest.
  const [keepSample, keepPast, keepStage] = [keeper(1), keeper(5), keeper(2)];
  const said = ({ raw, noise }: Prediction) => read ? raw : noise;
  const walk = (x: Tensor, output: Tensor, from: Level, to: Level) => {
    const noise = read ? read(output, { x, at: from }).noise : output;
    // A sample without any signal says nothing of the image: diffusers takes it for 0.
    return from.alpha === 0 ? mix([to.sigma, noise]) : along(x, noise, from, to);
  };
  let past: readonly Tensor[] = [];
  for (const [from, to, { order, via } = {}] of steps) {
    const here = yield { x, at: from };
    const first = keepPast(said(here));
    past = [first, ...past.slice(0, 3)];
    if (via === undefined) {
      const weights = ADAMS[past.length - 1]!;
      const [head, ...others] = past.map((output, i) => [weights[i]!, output] as const);
      x = walk(here.x, mix(head!, ...others), from, to);
      continue;
    }
    const start = keepSample(here.x);
    const [reached, asked] = via;
    const there = said(yield { x: walk(start, first, from, reached), at: order === 2 ? to : asked });
    if (order === 2) {
      x = walk(start, mix([1 / 2, first], [1 / 2, there]), asked, to);
      continue;
    }
    const second = keepStage(there);
    const third = keepStage(said(yield { x: walk(start, second, from, asked), at: asked }));
    const fourth = said(yield { x: walk(start, third, from, to), at: to });
    x = walk(start, mix([1 / 6, first], [1 / 3, second], [1 / 3, third], [1 / 6, fourth]), from, to);
  }
  return x;
}
