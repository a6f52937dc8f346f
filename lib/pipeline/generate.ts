import type { Denoise } from "../prediction/prediction.ts";
import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { sample } from "../sampler/drive.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { apart } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Frame } from "./frame.ts";

/** What a run is made of. */
export type GenerateOptions = {
  /** The sampler, at its start. */
  readonly sampler: Sampler;
  /** The steps that it walks. */
  readonly steps: readonly Step[];
  /** The levels that the sampler will ask at, where they are not just the beginnings of the steps. */
  readonly questions?: readonly Level[] | undefined;
  /** How many steps have been taken before these, 0 by default. */
  readonly taken?: number | undefined;
  /** What answers its questions. */
  readonly denoise: Denoise;
  /** Stops the run between two network calls. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * The loop that all pipelines share: noise in, one frame a step, picture out. Yields `steps.length + 1` frames, however
 * many questions a step asks: a frame shows the first, the others look ahead.
 *
 * @throws the signal's reason when it is aborted
 *
 * @example
 * ```ts
 * import { generate, methodOf, read, torchGenerator } from "@unnoise/lib";
 *
 * const method = methodOf({ _class_name: "DDIMScheduler" });
 * const steps = method.grid(4);
 * const sampler = method.sampler(torchGenerator(0).randn([1, 1, 4, 4]), steps);
 * let frames = 0;
 * for await (const frame of generate({
 *   sampler,
 *   steps,
 *   denoise: (question) => Promise.resolve(read("epsilon", question.x, question)), // your network goes here
 * })) console.assert(frame.index === frames++);
 * console.assert(frames === 5);
 * ```
 */
export async function* generate(
  { sampler, steps, questions = steps.map(([from]) => from), taken = 0, denoise, signal }: GenerateOptions,
): AsyncGenerator<Frame> {
  const count = taken + steps.length;
  const run = sample(sampler, denoise, signal === undefined ? {} : { signal });
  // A level is asked at by the step that ends there, and last by the step that begins there.
  const first = new Set(steps.map(([from]) => questions.lastIndexOf(from)));
  let noise: Tensor | undefined;
  let index = taken;
  let asked = 0;
  for (let turn = await run.next();; turn = await run.next()) {
    if (turn.done) {
      const [, level] = steps.at(-1)!;
      yield { index: count, count, level, x: turn.value, image: turn.value, noise: noise! };
      return;
    }
    const { at: level, x, image } = turn.value;
    // Whoever looks at a frame shall not change the last bits of what comes after it.
    noise = apart(turn.value.noise);
    if (!first.has(asked++)) continue;
    yield { index: index++, count, level, x, image: apart(image), noise };
  }
}
