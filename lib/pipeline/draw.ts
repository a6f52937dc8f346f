import { guided } from "../guidance/classifier_free.ts";
import type { Guidance } from "../guidance/guidance.ts";
import { type Scale, scaleAt } from "../guidance/scale.ts";
import { guidanceEmbedding, TOLD_SCALE } from "../model/guidance_embedding.ts";
import type { Model } from "../model/model.ts";
import { between, type Condition, type Prompt, unread } from "../model/prompt.ts";
import { addNoise } from "../prediction/add_noise.ts";
import { keepKnown } from "../sampler/keep_known.ts";
import { repeatedSteps, resampled } from "../sampler/resampled.ts";
import { methodOf } from "../scheduler/catalogue.ts";
import type { Method } from "../scheduler/method.ts";
import type { Step } from "../schedule/grid.ts";
import { mix } from "../tensor/mix.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Frame } from "./frame.ts";
import { generate } from "./generate.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { type Previews, shown } from "./previews.ts";
import { configFor } from "./schedulers_for.ts";
import { type Between, ends, type Seed, seededNoise } from "./start.ts";
import { usual } from "./usual.ts";

/** What every pipeline may be told. */
export type DrawOptions = {
  /** What each picture shall show: words, or the name of a class; "" is nothing in particular. Or a place between two. */
  readonly prompts: readonly (string | Between<string>)[];
  /** What each picture shall not show; "" by default, which guidance then leads away from. */
  readonly negativePrompts?: readonly string[] | undefined;
  /** The seed of each picture, a whole number from 0 to 2⁵³ − 1, or a place between two. As in torch 32 bits count. */
  readonly seeds: readonly Seed[];
  /** The number of steps; by default what is `usual` for the scheduler, 20 for most; from 1 to the number of the training. A few schedulers count questions instead. */
  readonly steps?: number | undefined;
  /** How much the prompt is exaggerated, by default 2 where the model knows an empty prompt; 1 is no guidance, 0 ignores the prompt. From 0 to 30, at each level. */
  readonly guidanceScale?: Scale | undefined;
  /** The rule of guidance, plain classifier-free guidance by default. */
  readonly guidance?: Guidance | undefined;
  /** The short name of a scheduler; the model's own by default. `schedulersFor` lists those that suit its config. */
  readonly scheduler?: string | undefined;
  /** How much of DDPM's noise is added, 0 to 1; only for schedulers that have an η. */
  readonly eta?: number | undefined;
  /** Which frames before the last show a picture, and how good a one; none by default. */
  readonly previews?: Previews | undefined;
  /** Hears of words that the model does not know, and of prompts that are too long, in sentences. */
  readonly warn?: ((sentence: string) => void) | undefined;
  /** Stops the run between two network calls. */
  readonly signal?: AbortSignal | undefined;
};

/** What sets one pipeline apart from another; without any of it, a run from pure noise to a picture. */
export type Course = {
  /** How many steps of a run of so many count as taken. */
  readonly taken?: (count: number) => number;
  /** The image, a sample, that the run starts from with the noise of the level there. */
  readonly image?: () => Promise<Tensor> | Tensor;
  /** The noise of the start, instead of the seeds'. */
  readonly noise?: (image: Tensor, walk: Walk) => Promise<Tensor>;
  /** What is kept of that image: 0 where it is, 1 where it is made anew, in the shape of a sample. */
  readonly mask?: Tensor;
  /** How often each step is taken: a whole number, 1 by default. */
  readonly times?: number;
  /** What becomes of the finished pictures. */
  readonly finish?: (pictures: Tensor) => Tensor;
};

/** What a course may find its noise with. */
export type Walk = {
  /** The scheduler's method. */
  readonly method: Method;
  /** The steps that are left. */
  readonly steps: readonly Step[];
};

/** Beyond this a guided sample leaves the range of single precision before it says anything new. */
const LARGEST_GUIDANCE = 30;

/**
 * What all pipelines share: options checked at once, prompts encoded, a start, a sampler, frames. Yields a frame a step
 * and then the finished pictures.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two frames, when it is aborted
 */
export function draw(model: Model, options: DrawOptions, course: Course = {}): AsyncGenerator<Frame> {
  const { prompts, negativePrompts, seeds, guidance, scheduler, eta } = options;
  const { previews = "none", warn, signal } = options;
  const { times = 1, mask, finish = (pictures: Tensor) => pictures } = course;
  if (prompts.length === 0 || prompts.length !== seeds.length) {
    throw new InvalidOption(
      "seeds",
      `Cannot make pictures of ${prompts.length} prompts with ${seeds.length} seeds: expected one of each a picture`,
    );
  }
  if (negativePrompts !== undefined && negativePrompts.length !== prompts.length) {
    throw new InvalidOption(
      "negativePrompts",
      `Cannot keep ${prompts.length} pictures from ${negativePrompts.length} negative prompts: expected one a picture`,
    );
  }
  if (negativePrompts !== undefined && model.guidanceSize !== undefined) {
    throw new InvalidOption(
      "negativePrompts",
      `Cannot keep pictures from negative prompts with ${model.name}: it is told how much to be guided, expected none`,
    );
  }
  const method = blame("scheduler", () => methodOf(configFor(model, scheduler)));
  const usually = usual(model, scheduler);
  const { steps: count = usually.steps, guidanceScale = usually.guidanceScale } = options;
  const all = blame("steps", () => method.grid(count));
  const taken = course.taken?.(all.length) ?? 0;
  const steps = times === 1 ? all.slice(taken) : repeatedSteps(all.slice(taken), times);
  const noise = blame("seed", () => seededNoise(seeds));
  const wanted = prompts.map((prompt) => blame("prompt", () => readPrompt(model, prompt)));
  const parts = times === 1 ? [steps] : steps.map((step) => [step]);
  const questions = parts.flatMap((part) => method.questions(part));
  blame("guidanceScale", () => questions.forEach((at) => checkGuidance(scaleAt(guidanceScale, at), model)));
  const unwanted = model.guidable || negativePrompts !== undefined
    ? prompts.map((_, k) => blame("negativePrompts", () => readPrompt(model, negativePrompts?.[k] ?? "")))
    : wanted;
  const told = (scale: number) => (conditions: readonly Condition[]) => toldScale(conditions, scale, model);
  const walk = (x: Tensor, part: readonly Step[] = steps) => method.sampler(x, part, { noise, eta });
  blame("eta", () => walk(tensor([0])));
  if (warn) new Set([...wanted, ...unwanted].flatMap(({ read }) => read.flatMap(unread))).forEach((each) => warn(each));

  async function* run(): AsyncGenerator<Frame> {
    signal?.throwIfAborted();
    const [condition, unconditional] = await conditionsOf(model, [wanted, unwanted]);
    const image = await course.image?.();
    const fresh = await course.noise?.(image!, { method, steps }) ?? noise([prompts.length, ...model.shape]);
    const [first] = steps;
    if (first === undefined) {
      const level = { time: 0, alpha: 1, sigma: 0 };
      const still = { index: taken, count: taken, level, x: image!, image: image!, noise: mix([0, image!]) };
      return yield { ...still, picture: finish(await model.decode(image!)) };
    }
    // A run around a mask that begins at the beginning makes what it makes out of nothing.
    const start = image === undefined || (mask !== undefined && taken === 0)
      ? mix([method.initNoiseSigma(all), fresh])
      : addNoise(image, fresh, first[0]);
    const plain = times === 1 ? walk(start) : resampled(start, steps, { sampler: walk, times, noise });
    const sampler = mask === undefined ? plain : keepKnown(plain, { image: image!, mask, noise: fresh });
    const denoise = guided<readonly Condition[]>(
      ({ x, at }, conditions, signal) => {
        return model.network(
          { x: method.modelInput({ x, at }), at },
          conditions.map(told(scaleAt(guidanceScale, at))),
          signal,
        );
      },
      {
        condition: condition!,
        unconditional: unconditional!,
        scale: model.guidanceSize === undefined ? guidanceScale : 1,
        guidance,
        both: method.options.cfg_plus_plus,
        read: method.predict,
      },
    );
    const frames = generate({ sampler, steps, questions, taken, denoise, signal });
    yield* shown(frames, { model, previews, finish });
  }
  return run();
}

/** A prompt, read: its one or two ends. */
type Read = { readonly read: readonly Prompt[]; readonly amount: number };

function readPrompt(model: Model, prompt: string | Between<string>): Read {
  const { from, to, amount } = ends(prompt);
  if (from !== to && model.classes.length > 0) {
    throw new RangeError(
      `Cannot go from ${JSON.stringify(from)} to ${
        JSON.stringify(to)
      }: ${model.name} knows classes, with nothing between them; expected one of them`,
    );
  }
  return { read: from === to ? [model.read(from)] : [model.read(from), model.read(to)], amount };
}

/** What the network is told of lists of prompts, each different one encoded once. */
async function conditionsOf(model: Model, lists: readonly (readonly Read[])[]): Promise<Condition[][]> {
  const all = new Map(lists.flat().flatMap(({ read }) => read).map((prompt) => [prompt.text, prompt]));
  const told = await model.condition([...all.values()]);
  const known = new Map([...all.keys()].map((text, i) => [text, told[i]!]));
  return lists.map((list) =>
    list.map(({ read, amount }) => {
      const [from, to = from] = read.map(({ text }) => known.get(text)!);
      return from === to ? from! : between(from!, to!, amount);
    })
  );
}

/** Conditions with the guidance scale among them, for networks that take it. */
function toldScale(conditions: readonly Condition[], scale: number, { guidanceSize }: Model): readonly Condition[] {
  if (guidanceSize === undefined) return conditions;
  const embedding = guidanceEmbedding(scale, guidanceSize);
  return conditions.map((condition) => ({ ...condition, [TOLD_SCALE]: embedding }));
}

function checkGuidance(scale: number, { guidable }: Model) {
  if (!(scale >= 0 && scale <= LARGEST_GUIDANCE)) {
    throw new RangeError(`Cannot guide with scale ${scale}: expected a number from 0 to ${LARGEST_GUIDANCE}`);
  }
  if (scale !== 1 && !guidable) {
    throw new RangeError(`Cannot guide with scale ${scale}: the model knows no empty class, expected 1`);
  }
}
