import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Picture } from "@unnoise/lib";
import { writeWhole } from "../program/write_whole.ts";
import { type EncodeOptions, encodePicture } from "./encode.ts";
import { formatFor } from "./format.ts";

/**
 * Finds out whether a picture can be written to a file, before any work is done for it.
 *
 * @throws {TypeError} when it cannot, in a sentence that says why
 */
export async function checkPath(path: string): Promise<void> {
  formatFor(path);
  const folder = dirname(path);
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory();
  if (isFolder !== true) throw new TypeError(`Cannot write ${path}: there is no folder ${folder}`);
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory() === true) throw new TypeError(`Cannot write ${path}: it is a folder, expected a file`);
  const written = target === undefined || target.isFile() ? folder : path;
  const places = target === undefined ? [written] : [written, path];
  await Promise.all(places.map((place) => access(place, constants.W_OK))).catch((error) => {
    throw new TypeError(`Cannot write ${path}: that is not allowed`, { cause: error });
  });
}

/**
 * Writes a picture in the format that the name of the file asks for, wholly or not at all.
 *
 * @throws {TypeError} when it cannot be written
 * @throws {RangeError} when the picture is too large for the format
 */
export async function writePicture(
  path: string,
  picture: Picture,
  options: Omit<EncodeOptions, "format"> = {},
): Promise<void> {
  await writeWhole(path, await encodePicture(picture, { ...options, format: formatFor(path) }));
}
