import { encodePng, type Frame, type Model, textToImage, toPictures } from "@unnoise/lib";

/** What every dialect asks for in the end. */
export type Order = {
  /** Words, or the name of a class. */
  readonly prompt: string;
  /** The seed of each picture. */
  readonly seeds: readonly number[];
  /** The number of steps of each; what is usual for the scheduler where absent. */
  readonly steps: number | undefined;
  /** How much the prompt is exaggerated. */
  readonly guidanceScale: number | undefined;
  /** The short name of a scheduler. */
  readonly scheduler: string | undefined;
  /** How much of DDPM's noise is added. */
  readonly eta: number | undefined;
  /** How many unfinished pictures to show of each. */
  readonly partials: number;
};

/** A picture, finished or on its way. */
export type Drawing = {
  /** Which picture of the order it is, from 0. */
  readonly picture: number;
  /** The seed that it grew from. */
  readonly seed: number;
  /** Which unfinished picture it is, from 0; nothing when it is finished. */
  readonly partial: number | undefined;
  /** How many steps have been taken. */
  readonly step: number;
  /** How many steps there are. */
  readonly steps: number;
  /** The picture as a PNG file; an unfinished one is x̂₀, the network's guess at that step. */
  readonly png: Uint8Array;
};

/**
 * Draws the pictures of an order one after the other, each alone: in a batch of one, a seed gives the same bytes whatever
 * else was asked.
 *
 * @throws {InvalidOption} at once, when the order cannot be met
 * @throws the signal's reason, at most one step after it is aborted
 */
export function draw(
  model: Model,
  order: Order,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Drawing> {
  const { prompt, seeds, steps, guidanceScale, scheduler, eta, partials } = order;
  const runs = seeds.map((seed) => {
    return {
      seed,
      run: textToImage(model, { prompts: [prompt], seeds: [seed], steps, guidanceScale, scheduler, eta, signal }),
    };
  });
  return drawings(model, runs, partials);
}

type Run = { readonly seed: number; readonly run: AsyncIterable<Frame> };

async function* drawings(model: Model, runs: readonly Run[], partials: number): AsyncGenerator<Drawing> {
  for (const [picture, { seed, run }] of runs.entries()) {
    let partial = 0;
    for await (const { index: step, count: steps, image, picture: drawing } of run) {
      const finished = step === steps;
      if (!finished && !partialSteps(steps, partials).includes(step)) continue;
      const [drawn] = toPictures(drawing ?? await model.decode(image));
      yield { picture, seed, partial: finished ? undefined : partial++, step, steps, png: encodePng(drawn!) };
    }
  }
}

/**
 * The steps at which unfinished pictures are shown, evenly spread. The guess of the last step is not among them: it is
 * the finished picture. So a run of few steps shows fewer than were asked.
 */
export function partialSteps(steps: number, partials: number): number[] {
  if (partials >= steps - 1) return Array.from({ length: steps - 1 }, (_, i) => i);
  return Array.from({ length: partials }, (_, i) => Math.floor((i + 1) * steps / (partials + 1)));
}
