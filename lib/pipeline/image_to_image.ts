import type { Model } from "../model/model.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { draw, type DrawOptions } from "./draw.ts";
import type { Frame } from "./frame.ts";
import { blame } from "./invalid_option.ts";
import { knownPictures } from "./known_pictures.ts";

/** What to make out of what, and how. */
export type ImageToImageOptions = DrawOptions & {
  /** The pictures to start from, `[pictures, channels, height, width]` from −1 to 1; one alone goes for all. */
  readonly image: Tensor;
  /**
   * How much of them may change, 0.8 by default: the share of the run's noise that is added. 0 changes nothing; 1 starts in
   * noise so strong that little of them is left. A doodle wants 0.6 to 0.9, a retouched photograph 0.2 to 0.5.
   */
  readonly strength?: number | undefined;
};

/**
 * Pictures out of pictures and words: the pictures get the noise of a level in the middle of the run, and the run goes on
 * from there. Photographs, sketches and doodles are all the same to it.
 *
 * Of `steps` steps the last `⌊steps × strength⌋` are taken, as diffusers does.
 *
 * Source: Meng et al. 2022 (SDEdit), arXiv:2108.01073.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two frames, when it is aborted
 *
 * @example
 * ```ts
 * import { finished, imageToImage, openModel, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * const image = tensor([1, 1, 28, 28]); // a grey square
 * const options = { prompts: ["bag"], seeds: [1], image, strength: 0.8, steps: 5 };
 * console.assert((await finished(imageToImage(model, options))).shape.join() === "1,1,28,28");
 * await model.release();
 * ```
 */
export function imageToImage(model: Model, options: ImageToImageOptions): AsyncGenerator<Frame> {
  const { image, strength = 0.8, seeds } = options;
  const known = blame("image", () => knownPictures(image, seeds.length, model));
  return draw(model, options, {
    taken: (count) => blame("strength", () => count - stepsFor(strength, count)),
    image: () => model.encode(known),
  });
}

/**
 * How many of a run's last steps a strength takes.
 *
 * @throws {RangeError} when the strength is not from 0 to 1, or so small that no step would be taken though it is not 0
 */
export function stepsFor(strength: number, count: number): number {
  if (!(strength >= 0 && strength <= 1)) {
    throw new RangeError(`Cannot change pictures with strength ${strength}: expected a number from 0 to 1`);
  }
  const steps = Math.floor(strength * count);
  if (steps > 0 || strength === 0) return steps;
  throw new RangeError(
    `Cannot change pictures with strength ${strength} in ${count} steps: no step would be taken, expected at least ${
      1 / count
    }`,
  );
}
