import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { contactSheet, encodePng, type Frame, mix, type Tensor, toPictures } from "@unnoise/lib";
import { writeOut } from "./out.ts";

/** Where the steps of a picture go. */
export type FramesOptions = {
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
export async function writeFrame(frame: Frame, { folder, prefix, scale }: FramesOptions): Promise<void> {
  const { index, count, level, x, image } = frame;
  const step = String(index).padStart(String(count).length, "0");
  // On a variance-exploding path the sample is far brighter than any picture; this brings all paths to one range.
  const visible = mix([1 / Math.hypot(level.alpha, level.sigma), x]);
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw new TypeError(`Cannot make the folder ${folder}: ${error.message}`, { cause: error });
  });
  await writeOut(join(folder, `${prefix}${step}-x.png`), encode(visible, scale));
  await writeOut(join(folder, `${prefix}${step}-image.png`), encode(image, scale));
}

function encode(batch: Tensor, scale: number): Uint8Array {
  return encodePng(contactSheet(toPictures(batch), { scale }));
}
