import { readdir } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import type { Picture } from "@unnoise/lib";
import { endings } from "../picture/format.ts";
import { type ReadPicture, readPicture } from "../picture/read.ts";

/** A picture of a folder. */
export type Entry = {
  /** Its file, seen from the folder, with slashes. */
  readonly name: string;
  /** The picture. */
  readonly picture: Picture;
  /** The words that it was drawn from, where they stand in it. */
  readonly prompt: string | undefined;
};

/** How a folder is read. */
export type ReadFolderOptions = {
  /** Told how many pictures have been read. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
};

const AT_ONCE = 8;

/**
 * The pictures of a folder and of those in it, in the order of their names on every machine.
 *
 * @throws {TypeError} when there is no such folder, no picture in it, or a file is no whole picture; the sentence names it
 */
export async function readFolder(
  folder: string,
  { onProgress, signal }: ReadFolderOptions = {},
): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    const found = error.code === "ENOENT" ? "there is no such folder" : error.message;
    throw new TypeError(`Cannot read the folder ${folder}: ${found}`, { cause: error });
  });
  const names = entries.filter((entry) => entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort((a, b) => a < b ? -1 : 1);
  if (names.length === 0) throw new TypeError(`Cannot evaluate ${folder}: found no PNG, JPEG or WebP file in it`);
  const read: Entry[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE) {
    signal?.throwIfAborted();
    const part = names.slice(from, from + AT_ONCE);
    const pictures = await Promise.all(part.map((name) => readPicture(join(folder, name))));
    read.push(...pictures.map((picture, k) => ({ name: part[k]!, picture, prompt: promptOf(picture) })));
    onProgress?.(read.length, names.length);
  }
  return read;
}

function promptOf({ settings }: ReadPicture): string | undefined {
  const prompt = settings?.prompt;
  // A sheet of several pictures has several prompts, and shows none of them alone.
  const [only, ...others] = Array.isArray(prompt) ? prompt : [prompt];
  return typeof only === "string" && others.length === 0 ? only : undefined;
}
