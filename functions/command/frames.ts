import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { contactSheet, type Frame, mix, type Model, type Tensor, toPictures } from "@unnoise/lib";
import { writePicture } from "../picture/write.ts";

/** Where the steps of a picture go. */
export type FramesOptions = Pick<Model, "preview"> & {
  /** The folder; it is made where it is not there. */
  readonly folder: string;
  /** What comes before the number of the step in the name of a file. */
  readonly prefix: string;
  /** How many pixels wide and high each pixel becomes. */
  readonly scale: number;
};

/**
 * Writes one step as two pictures, the sample and the network's guess at the picture. The names sort in the order of the
 * steps.
 *
 * @throws {TypeError} when they cannot be written
 */
export async function writeFrame(
  frame: Frame,
  { folder, prefix, scale, preview }: FramesOptions,
): Promise<void> {
  const { index, count, level, x, image, picture = preview(image) } = frame;
  const step = String(index).padStart(String(count).length, "0");
  // On a variance-exploding path the sample is far brighter than any picture; this brings all paths to one range.
  const visible = preview(mix([1 / Math.hypot(level.alpha, level.sigma), x]));
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw new TypeError(`Cannot make the folder ${folder}: ${error.message}`, { cause: error });
  });
  await write(join(folder, `${prefix}${step}-x.png`), visible, scale);
  await write(join(folder, `${prefix}${step}-image.png`), picture, scale);
}

async function write(path: string, batch: Tensor, scale: number): Promise<void> {
  await writePicture(path, contactSheet(toPictures(batch), { scale }));
}
