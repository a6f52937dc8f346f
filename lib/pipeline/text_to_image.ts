import type { Model } from "../model/model.ts";
import { sameShape, type Tensor } from "../tensor/tensor.ts";
import { draw, type DrawOptions } from "./draw.ts";
import type { Frame } from "./frame.ts";
import { blame } from "./invalid_option.ts";

/** What to make, and how. */
export type TextToImageOptions = DrawOptions & {
  /** Where to start instead of in pure noise. */
  readonly from?: StartingPoint | undefined;
};

/** A place in the middle of a run: the images there, to which the noise of their seeds is added. */
export type StartingPoint = {
  /** How many steps count as taken, from 0 to `steps − 1`. */
  readonly index: number;
  /** The images, samples `[pictures, channels, height, width]`: a guess of an earlier run, for one. */
  readonly image: Tensor;
};

/**
 * Pictures of what prompts say, from noise or from the middle of a run. Yields a frame a step and then the finished
 * pictures, `frame.count + 1` frames in all when it starts in noise.
 *
 * The same seed makes the same picture, whatever else is in the batch.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two frames, when it is aborted
 *
 * @example
 * ```ts
 * import { encodePng, openModel, textToImage, toPictures } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * for await (const { picture } of textToImage(model, { prompts: ["ankle boot"], seeds: [1], steps: 4 })) {
 *   if (picture !== undefined) console.assert(encodePng(toPictures(picture)[0]!).length > 100);
 * }
 * await model.release();
 * ```
 */
export function textToImage(model: Model, options: TextToImageOptions): AsyncGenerator<Frame> {
  const { from, seeds } = options;
  if (from === undefined) return draw(model, options);
  const { index, image } = from;
  blame("from", () => checkShape(image, [seeds.length, ...model.shape]));
  return draw(model, options, {
    taken: (count) => blame("from", () => checkedIndex(index, count)),
    image: () => image,
  });
}

function checkedIndex(index: number, count: number): number {
  if (Number.isSafeInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`Cannot start at step ${index}: expected a whole number from 0 to ${count - 1}`);
}

function checkShape({ shape }: Tensor, expected: readonly number[]) {
  if (sameShape(shape, expected)) return;
  throw new RangeError(`Cannot start from images of shape [${shape}]: expected [${expected}]`);
}
