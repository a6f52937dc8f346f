import { guided } from "../guidance/classifier_free.ts";
import type { Model } from "../model/model.ts";
import { sample } from "../sampler/drive.ts";
import { inverted } from "../sampler/inverted.ts";
import { mix, settle } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { draw, type DrawOptions } from "./draw.ts";
import type { Frame } from "./frame.ts";
import { stepsFor } from "./image_to_image.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { knownPictures } from "./known_pictures.ts";

/** What to draw in another style, and how. */
export type StylizeOptions = DrawOptions & {
  /** The pictures, `[pictures, channels, height, width]` from −1 to 1; one alone goes for all. */
  readonly image: Tensor;
  /** What each picture shows now, in the words that the model knows; nothing in particular by default. */
  readonly from?: readonly string[] | undefined;
  /** How far back to the noise it goes, from 0 to 1: 0.8 by default. More changes more. */
  readonly strength?: number | undefined;
  /** How often each step of the way back is asked about, 2 by default, at most 10. */
  readonly rounds?: number | undefined;
};

const MOST_ROUNDS = 10;

/**
 * The same object in another style: each picture is walked back to the noise that it would come from under the words for
 * what it shows, and forward again under the words for what it shall be. What both have in common stays in the noise.
 *
 * The way back is never guided; it takes `rounds` network calls a step, before the first frame.
 *
 * Source: Song et al. 2021, arXiv:2010.02502, section 4.3; Mokady et al. 2022, arXiv:2211.09794, for editing by inversion.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two network calls, when it is aborted
 *
 * @example
 * ```ts
 * import { finished, openModel, stylize, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * const options = { image: tensor([1, 1, 28, 28]), from: ["coat"], prompts: ["dress"], seeds: [1], steps: 4 };
 * console.assert((await finished(stylize(model, options))).shape.join() === "1,1,28,28");
 * await model.release();
 * ```
 */
export function stylize(model: Model, options: StylizeOptions): AsyncGenerator<Frame> {
  const { image, from = options.prompts.map(() => ""), strength = 0.8, rounds = 2, seeds, signal } = options;
  const known = blame("image", () => knownPictures(image, seeds.length, model));
  if (from.length !== seeds.length) {
    throw new InvalidOption(
      "from",
      `Cannot walk ${seeds.length} pictures back with ${from.length} prompts: expected one a picture`,
    );
  }
  const shown = from.map((prompt) => blame("from", () => model.read(prompt)));
  blame("rounds", () => checkRounds(rounds));
  return draw(model, options, {
    taken: (count) => blame("strength", () => count - stepsFor(strength, count)),
    image: () => model.encode(known),
    async noise(image, { method, steps }) {
      const [first] = steps;
      if (first === undefined) return mix([0, image]);
      const condition = await model.condition(shown);
      const denoise = guided(
        ({ x, at }, conditions: readonly typeof condition[], signal) => {
          return model.network({ x: method.modelInput({ x, at }), at }, conditions, signal);
        },
        { condition, unconditional: condition, scale: 1, read: method.predict },
      );
      const run = sample(inverted(image, steps, { rounds }), denoise, signal === undefined ? {} : { signal });
      let turn = await run.next();
      while (!turn.done) turn = await run.next();
      const [{ alpha, sigma }] = first;
      return settle(mix([1 / sigma, turn.value], [-alpha / sigma, image]));
    },
  });
}

function checkRounds(rounds: number) {
  if (Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS) return;
  throw new RangeError(`Cannot ask ${rounds} times a step: expected a whole number from 1 to ${MOST_ROUNDS}`);
}
