import { guided } from "../guidance/classifier_free.ts";
import type { Guidance } from "../guidance/guidance.ts";
import { type Scale, scaleAt } from "../guidance/scale.ts";
import type { Model } from "../model/model.ts";
import { addNoise } from "../prediction/add_noise.ts";
import { methodOf } from "../scheduler/catalogue.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Frame } from "./frame.ts";
import { generate } from "./generate.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { runnersOf, schedulersFor } from "./schedulers_for.ts";
import { seededNoise } from "./start.ts";

/** What to make, and how. */
export type ClassToImageOptions = {
  /** The class of each picture, by name; "" is no class in particular. */
  readonly prompts: readonly string[];
  /** The seed of each picture, a whole number from 0 to 2⁵³ − 1. As in torch its low 32 bits count. */
  readonly seeds: readonly number[];
  /** The number of steps, 20 by default; from 1 to the number of the training. A few schedulers count questions instead. */
  readonly steps?: number | undefined;
  /** How much the class is exaggerated, 2 by default; 1 is no guidance, 0 ignores the class. From 0 to 30, at each level. */
  readonly guidanceScale?: Scale | undefined;
  /** The rule of guidance, plain classifier-free guidance by default. */
  readonly guidance?: Guidance | undefined;
  /** The short name of a scheduler; the model's own by default. `schedulersFor` lists those that suit its config. */
  readonly scheduler?: string | undefined;
  /** How much of DDPM's noise is added, 0 to 1; only for schedulers that have an η. */
  readonly eta?: number | undefined;
  /** Where to start instead of in pure noise. */
  readonly from?: StartingPoint | undefined;
  /** Stops the run between two network calls. */
  readonly signal?: AbortSignal | undefined;
};

/** A place in the middle of a run: the images there, to which the noise of their seeds is added. */
export type StartingPoint = {
  /** How many steps count as taken, from 0 to `steps − 1`. */
  readonly index: number;
  /** The images, `[pictures, channels, height, width]` from −1 to 1: a guess of an earlier run, or pictures. */
  readonly image: Tensor;
};

/** Beyond this a guided sample leaves the range of single precision before it says anything new. */
const LARGEST_GUIDANCE = 30;

/**
 * Pictures of classes, from noise or from the middle of a run. Yields a frame a step and then the finished pictures,
 * `frame.count + 1` frames in all when it starts in noise.
 *
 * The same seed makes the same picture, whatever else is in the batch.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two frames, when it is aborted
 *
 * @example
 * ```ts
 * import { classToImage, encodePng, openModel, toPictures } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * for await (const { index, count, image } of classToImage(model, { prompts: ["ankle boot"], seeds: [1], steps: 4 })) {
 *   if (index === count) console.assert(encodePng(toPictures(image)[0]!).length > 100);
 * }
 * await model.release();
 * ```
 */
export function classToImage(model: Model, options: ClassToImageOptions): AsyncGenerator<Frame> {
  const { prompts, seeds, steps: count = 20, guidanceScale = 2, guidance, scheduler, eta, from, signal } = options;
  if (prompts.length === 0 || prompts.length !== seeds.length) {
    throw new InvalidOption(
      "seeds",
      `Cannot make pictures of ${prompts.length} prompts with ${seeds.length} seeds: expected one of each a picture`,
    );
  }
  const method = blame("scheduler", () => methodOf(configFor(model, scheduler)));
  const steps = blame("steps", () => method.grid(count));
  const noise = blame("seed", () => seededNoise(seeds));
  const { network, nullLabel } = model;
  const labels = prompts.map((prompt) => blame("prompt", () => labelOf(model, prompt)));
  const taken = blame("from", () => checkedIndex(from?.index ?? 0, steps.length));
  const left = steps.slice(taken);
  const questions = method.questions(left);
  blame("guidanceScale", () => questions.forEach((at) => checkGuidance(scaleAt(guidanceScale, at), nullLabel)));
  const denoise = guided<readonly number[]>(
    ({ x, at }, conditions, signal) => network({ x: method.modelInput({ x, at }), at }, conditions, signal),
    {
      condition: labels,
      unconditional: labels.map((label) => nullLabel ?? label),
      scale: guidanceScale,
      guidance,
      both: method.options.cfg_plus_plus,
      read: method.predict,
    },
  );
  const fresh = noise([prompts.length, ...model.shape]);
  const start = from === undefined
    ? mix([method.initNoiseSigma(steps), fresh])
    : blame("from", () => addNoise(from.image, fresh, left[0]![0]));
  const sampler = blame("eta", () => method.sampler(start, left, { noise, eta }));
  return generate({ sampler, steps: left, questions, taken, denoise, signal });
}

function configFor({ schedulerConfig }: Model, scheduler: string | undefined) {
  if (scheduler === undefined) return schedulerConfig;
  const row = runnersOf(schedulerConfig).find(({ name }) => name === scheduler);
  if (row === undefined) {
    const known = schedulersFor(schedulerConfig).map(({ name }) => name).join(", ");
    throw new RangeError(`Cannot find scheduler ${JSON.stringify(scheduler)}: expected one of ${known}`);
  }
  return { ...schedulerConfig, _class_name: row.className };
}

function labelOf({ classes, nullLabel, name }: Model, prompt: string): number {
  const wanted = prompt.trim().toLowerCase();
  if (wanted === "" && nullLabel !== undefined) return nullLabel;
  const label = classes.findIndex((name) => name.toLowerCase() === wanted);
  if (label === -1) {
    throw new RangeError(`Cannot draw ${JSON.stringify(prompt)} with ${name}: expected one of ${classes.join(", ")}`);
  }
  return label;
}

function checkedIndex(index: number, count: number): number {
  if (Number.isSafeInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`Cannot start at step ${index}: expected a whole number from 0 to ${count - 1}`);
}

function checkGuidance(scale: number, nullLabel: number | undefined) {
  if (!(scale >= 0 && scale <= LARGEST_GUIDANCE)) {
    throw new RangeError(`Cannot guide with scale ${scale}: expected a number from 0 to ${LARGEST_GUIDANCE}`);
  }
  if (scale !== 1 && nullLabel === undefined) {
    throw new RangeError(`Cannot guide with scale ${scale}: the model knows no empty class, expected 1`);
  }
}
