import type { Denoise, Prediction, Question } from "../prediction/prediction.ts";
import { settle } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Drives a sampler: answers each of its questions and yields question and answer; returns the finished sample.
 *
 * @throws the signal's reason as soon as it is aborted, between two questions
 *
 * @example
 * ```ts
 * import { euler, grid, levelAt, noiseSchedule, read, sample, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "squaredcos_cap_v2" });
 * const steps = grid([999, 499, -1].map((time) => levelAt(schedule, time)));
 * const sampler = euler(torchGenerator(0).randn([1, 1, 4, 4]), steps);
 * let asked = 0;
 * for await (const { at } of sample(sampler, (question) => Promise.resolve(read("epsilon", question.x, question)))) {
 *   asked++;
 *   console.assert(at.sigma > 0);
 * }
 * console.assert(asked === 2);
 * ```
 */
export async function* sample(
  sampler: Sampler,
  denoise: Denoise,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Question & Prediction, Tensor> {
  let turn = sampler.next();
  while (!turn.done) {
    signal?.throwIfAborted();
    const question = turn.value;
    settle(question.x);
    const prediction = await denoise(question, signal);
    signal?.throwIfAborted();
    yield { ...question, ...prediction };
    turn = sampler.next(prediction);
  }
  return settle(turn.value);
}

/** A sampler turned inside out: somebody else owns the loop. */
export type Stepper = {
  /** The question that the sampler waits to be answered, or nothing when it is done. */
  readonly question: Question | undefined;
  /** Answers the question; gives the sample that comes next, a mix that is worked out when it is read. */
  readonly step: (prediction: Prediction) => Tensor;
};

/**
 * Drives a sampler by hand, one prediction at a time.
 *
 * @example
 * ```ts
 * import { euler, grid, levelAt, noiseSchedule, read, stepper, tensor } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const walk = stepper(euler(tensor([1]), grid([levelAt(schedule, 9), levelAt(schedule, -1)])));
 * const x = walk.step(read("epsilon", tensor([1]), walk.question!));
 * console.assert(x.data[0] === 0 && walk.question === undefined);
 * ```
 */
export function stepper(sampler: Sampler): Stepper {
  let turn = sampler.next();
  return {
    get question() {
      return turn.done ? undefined : turn.value;
    },
    step(prediction) {
      if (turn.done) {
        throw new RangeError("Cannot step: the sampler has already finished, expected no further prediction");
      }
      turn = sampler.next(prediction);
      return turn.done ? turn.value : turn.value.x;
    },
  };
}
