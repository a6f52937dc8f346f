import { fitTo, fromPictures, type Model, type Picture, type Tensor, toMask, withChannels } from "@unnoise/lib";
import { readPicture } from "../picture/read.ts";
import type { FitOptions } from "./options.ts";

/** A picture as a model takes it, `[1, channels, height, width]`, and the picture as it was read. */
export type Known = { readonly image: Tensor; readonly picture: Picture };

/**
 * Reads a picture and brings it to a model's size and channels.
 *
 * @throws {TypeError} when there is no such file, or it is no whole picture
 * @throws {RangeError} when it is too large
 */
export async function readKnown(
  path: string,
  { pictureShape }: Pick<Model, "pictureShape">,
  { fit: how }: FitOptions,
): Promise<Known> {
  const picture = await readPicture(path, { alpha: "keep" });
  const [channels, height, width] = pictureShape;
  const fitted = fitTo(withChannels(picture, channels === 1 ? 1 : 3), { width, height, fit: how });
  return { image: fromPictures([fitted]), picture };
}

/** Where the mask is, and how it is read. */
export type MaskOptions = FitOptions & {
  /** The file; the transparent pixels of the picture itself where absent. */
  readonly mask: string | undefined;
  /** Whether what it marks is kept instead. */
  readonly invert: boolean;
  /** Over how many pixels its edge is softened. */
  readonly feather: number;
};

/**
 * The mask of a picture, `[1, 1, height, width]` in the model's size: white is painted anew. What is smaller than a pixel
 * there counts as a whole one, so that no scratch remains.
 *
 * @throws {TypeError} when there is no such file, it is no whole picture, or without one the picture is opaque
 * @throws {RangeError} when the mask has another shape than the picture
 */
export async function readMask(
  path: string,
  picture: Picture,
  { pictureShape: [, height, width], ...options }: Pick<Model, "pictureShape"> & MaskOptions,
): Promise<Tensor> {
  const { data, shape } = options.mask === undefined ? ownMask(path, picture) : await drawnMask(options.mask, picture);
  const [, , rows, columns] = shape;
  const bytes = Uint8Array.from(data, (value) => (options.invert ? 1 - value : value) * 255);
  const drawn: Picture = { width: columns!, height: rows!, channels: 1, data: bytes };
  const fitted = fitTo(drawn, { width, height, fit: options.fit, filter: "area", background: [0, 0, 0] });
  const touched = Uint8Array.from(fitted.data, (value) => value > 0 ? 255 : 0);
  const { feather } = options;
  return toMask({ ...fitted, data: touched }, { feather });
}

async function drawnMask(path: string, picture: Picture): Promise<Tensor> {
  const drawn = await readPicture(path, { background: [0, 0, 0] });
  if (Math.abs(drawn.width * picture.height / picture.width - drawn.height) > 1) {
    throw new RangeError(
      `Cannot use the mask ${path}: it has ${drawn.width}×${drawn.height} pixels, expected the shape of the picture, ${picture.width}×${picture.height}`,
    );
  }
  return toMask(drawn);
}

function ownMask(path: string, picture: Picture): Tensor {
  if (picture.channels === 4) return toMask(picture, { from: "alpha" });
  throw new TypeError(`Cannot tell what to paint anew in ${path}: it has no transparent pixels, expected --mask`);
}
