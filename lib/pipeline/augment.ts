import type { Model } from "../model/model.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { DrawOptions } from "./draw.ts";
import { finished } from "./frame.ts";
import { imageToImage } from "./image_to_image.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { knownPictures } from "./known_pictures.ts";

/** Which pictures to vary, and how. */
export type AugmentOptions = Omit<DrawOptions, "seeds" | "previews"> & {
  /** The pictures, `[pictures, channels, height, width]` from −1 to 1; `prompts` says what each shows: its label. */
  readonly image: Tensor;
  /** How many variations to make of each. */
  readonly count: number;
  /** How much a variation may change, 0.6 by default. */
  readonly strength?: number | undefined;
  /** The seed of the first variation of the first picture; each next one has one more. 0 by default. */
  readonly seed?: number | undefined;
  /** How many are made at once, 8 by default. */
  readonly batch?: number | undefined;
};

/** One variation of one picture. */
export type Variation = {
  /** Which picture it was made of, from 0. */
  readonly source: number;
  /** Which of its variations it is, from 0. */
  readonly variation: number;
  /** The seed that it grew from. */
  readonly seed: number;
  /** The picture, `[1, channels, height, width]` from −1 to 1. */
  readonly picture: Tensor;
};

/**
 * More pictures of the same labels: each picture is noised and denoised under the words for its label, several times over.
 *
 * Source: Trabucco et al. 2023 (DA-Fusion), arXiv:2302.07944.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two network calls, when it is aborted
 *
 * @example
 * ```ts
 * import { augment, openModel, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * const options = { image: tensor([1, 1, 28, 28]), prompts: ["bag"], count: 3, steps: 4 };
 * const seeds = [];
 * for await (const { seed } of augment(model, options)) seeds.push(seed);
 * console.assert(seeds.join() === "0,1,2");
 * await model.release();
 * ```
 */
export function augment(model: Model, options: AugmentOptions): AsyncGenerator<Variation> {
  const { image, prompts, count, strength = 0.6, seed = 0, batch = 8, negativePrompts, ...shared } = options;
  blame("count", () => checkWhole("make variations", count));
  blame("batch", () => checkWhole("make variations at once", batch));
  if (image.shape[0] !== prompts.length) {
    throw new InvalidOption(
      "prompts",
      `Cannot vary ${image.shape[0]} pictures with ${prompts.length} prompts: expected one a picture`,
    );
  }
  const pictures = unstack(blame("image", () => knownPictures(image, prompts.length, model)));
  const all = pictures.flatMap((_, source) => {
    return Array.from(
      { length: count },
      (_, variation) => ({ source, variation, seed: seed + source * count + variation }),
    );
  });
  const run = (part: typeof all) =>
    imageToImage(model, {
      ...shared,
      strength,
      image: concatenate(part.map(({ source }) => pictures[source]!)),
      prompts: part.map(({ source }) => prompts[source]!),
      seeds: part.map(({ seed }) => seed),
      ...(negativePrompts && { negativePrompts: part.map(({ source }) => negativePrompts[source]!) }),
    });
  const parts = Array.from({ length: Math.ceil(all.length / batch) }, (_, k) => all.slice(k * batch, (k + 1) * batch));
  const runs = parts.map((part) => ({ part, frames: run(part) }));
  async function* variations(): AsyncGenerator<Variation> {
    for (const { part, frames } of runs) {
      const made = unstack(await finished(frames));
      for (const [k, what] of part.entries()) yield { ...what, picture: made[k]! };
    }
  }
  return variations();
}

function checkWhole(what: string, value: number) {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new RangeError(`Cannot ${what}: found ${value}, expected a whole number of 1 or more`);
}
