import type { Model } from "../model/model.ts";
import { sameShape, type Tensor, tensor } from "../tensor/tensor.ts";
import { draw, type DrawOptions } from "./draw.ts";
import type { Frame } from "./frame.ts";
import { stepsFor } from "./image_to_image.ts";
import { blame } from "./invalid_option.ts";
import { knownPictures } from "./known_pictures.ts";

/** What to make anew of what, and how. */
export type InpaintOptions = DrawOptions & {
  /** The pictures, `[pictures, channels, height, width]` from −1 to 1; one alone goes for all. */
  readonly image: Tensor;
  /**
   * Where they are made anew, `[pictures, 1, height, width]` or one for all: 1 anew, 0 kept, and all between for soft
   * edges.
   */
  readonly mask: Tensor;
  /** How much of what is under the mask may change, from 0 to 1; 1 by default: it starts from nothing but noise. */
  readonly strength?: number | undefined;
  /** How often each step is taken, 1 by default, at most 100: more lets old and new grow together better, at as many times the cost. */
  readonly resample?: number | undefined;
};

const MOST_RESAMPLING = 100;

/**
 * Pictures with a part made anew: a damaged or missing part filled in, or an element that words describe put in. What is
 * outside the mask stays as it is, to the last bit.
 *
 * Works with networks that were never trained for it: at every level what is known is put back with the noise of that
 * level. A place of a latent is made anew as soon as the mask touches it; the finished pictures are blended by the mask.
 *
 * Source: Lugmayr et al. 2022 (RePaint), arXiv:2201.09865.
 *
 * @throws {InvalidOption} at once, when an option cannot be met; its `option` says which
 * @throws the signal's reason, between two frames, when it is aborted
 *
 * @example
 * ```ts
 * import { finished, inpaint, openModel, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * const image = tensor([1, 1, 28, 28]);
 * const mask = tensor([1, 1, 28, 28], new Float32Array(784).fill(1, 392)); // the lower half
 * const picture = await finished(inpaint(model, { prompts: ["dress"], seeds: [1], steps: 4, image, mask }));
 * console.assert(picture.data.subarray(0, 392).every((value) => value === 0));
 * await model.release();
 * ```
 */
export function inpaint(model: Model, options: InpaintOptions): AsyncGenerator<Frame> {
  const { image, mask, strength = 1, resample = 1, seeds } = options;
  const known = blame("image", () => knownPictures(image, seeds.length, model));
  const places = blame("mask", () => checkedMask(mask, known));
  blame("resample", () => checkResample(resample));
  return draw(model, options, {
    taken: (count) => blame("strength", () => count - stepsFor(strength, count)),
    image: () => model.encode(known),
    mask: touched(places, [seeds.length, ...model.shape]),
    times: resample,
    finish: (pictures) => blended(known, pictures, places),
  });
}

function checkResample(times: number) {
  if (Number.isSafeInteger(times) && times >= 1 && times <= MOST_RESAMPLING) return;
  throw new RangeError(
    `Cannot take each step ${times} times: expected a whole number from 1 to ${MOST_RESAMPLING}`,
  );
}

/** The mask of each picture; one alone goes for all. */
function checkedMask(mask: Tensor, { shape: [count = 0, , height = 0, width = 0] }: Tensor): Tensor {
  const alone = sameShape(mask.shape, [1, 1, height, width]);
  if (!alone && !sameShape(mask.shape, [count, 1, height, width])) {
    throw new RangeError(
      `Cannot use a mask of shape [${mask.shape}]: expected [${count},1,${height},${width}], the size of the pictures`,
    );
  }
  const outside = mask.data.find((value) => !(value >= 0 && value <= 1));
  if (outside !== undefined) {
    throw new RangeError(`Cannot use a mask that holds ${outside}: expected numbers from 0 (kept) to 1 (anew)`);
  }
  if (!alone || count === 1) return mask;
  const data = new Float32Array(count * height * width);
  for (let k = 0; k < count; k++) data.set(mask.data, k * height * width);
  return tensor([count, 1, height, width], data);
}

/** A mask of pixels in the shape of samples: the largest value among the pixels of each place. */
function touched(mask: Tensor, shape: readonly number[]): Tensor {
  const [count = 0, channels = 0, height = 0, width = 0] = shape;
  const [, , rows = 0, columns = 0] = mask.shape;
  const places = tensor(shape);
  const plane = height * width;
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < rows * columns; i++) {
      const [y, x] = [Math.floor(i / columns), i % columns];
      const place = Math.floor(y * height / rows) * width + Math.floor(x * width / columns);
      const value = mask.data[k * rows * columns + i]!;
      const first = k * channels * plane + place;
      if (value > places.data[first]!) places.data[first] = value;
    }
    for (let c = 1; c < channels; c++) {
      const start = k * channels * plane;
      places.data.copyWithin(start + c * plane, start, start + plane);
    }
  }
  return places;
}

/** `known` where the mask is 0, `made` where it is 1. */
function blended(known: Tensor, made: Tensor, mask: Tensor): Tensor {
  const [, channels = 0, height = 0, width = 0] = known.shape;
  const plane = height * width;
  const data = known.data.map((kept, i) => {
    const share = mask.data[Math.floor(i / (channels * plane)) * plane + i % plane]!;
    return share === 0 ? kept : kept + share * (made.data[i]! - kept);
  });
  return tensor(known.shape, data);
}
