import { readFile, stat } from "node:fs/promises";
import { flatten, type FlattenOptions, type Picture } from "@unnoise/lib";
import type { Metadata } from "sharp";
import { describeBytes, formatOf, type ReadFormat } from "./format.ts";
import { isAnimatedPng, pngText } from "./png_chunks.ts";
import { KEYWORD, parseSettings, type Settings, settingsTextOfXmp } from "./settings.ts";
import { loadSharp } from "./sharp.ts";

/** How a picture is read. */
export type ReadPictureOptions = FlattenOptions & {
  /** "keep" leaves transparent pixels transparent; "flatten" puts the background behind them, by default. */
  readonly alpha?: "keep" | "flatten" | undefined;
  /** The most pixels that a picture may have, 2²⁶ (67 million) by default: more than telephones take. */
  readonly maxPixels?: number | undefined;
};

/** A picture, and the settings of the run that made it, where one of ours did. */
export type ReadPicture = Picture & { readonly settings?: Settings };

const LARGEST_PIXELS = 2 ** 26;
const LARGEST_FILE = 2 ** 28;

/**
 * A picture from a PNG, JPEG, WebP or still GIF file, or from the bytes of one: what it is by its content, not by its name.
 * It comes upright, in 8-bit sRGB (or grey), whatever profile, depth, palette or CMYK it was stored in.
 *
 * An animation is refused instead of cut down to its first picture: nobody would hear of the rest.
 *
 * @throws {TypeError} when there is no such file, or it is no whole picture; the sentence names it
 * @throws {RangeError} when it has more pixels or bytes than are read
 */
export async function readPicture(
  source: string | Uint8Array,
  { alpha = "flatten", background, maxPixels = LARGEST_PIXELS }: ReadPictureOptions = {},
): Promise<ReadPicture> {
  const name = typeof source === "string" ? source : "the picture";
  const bytes = typeof source === "string" ? await readBytes(source) : source;
  const format = formatOf(bytes);
  if (format === undefined) {
    throw new TypeError(`Cannot read ${name}: found ${describeBytes(bytes)}, expected a PNG, JPEG or WebP picture`);
  }
  const metadata = await describe(bytes, { name, format });
  const { width, height, pages = 1 } = metadata;
  if (width * height > maxPixels) {
    throw new RangeError(`Cannot read ${name}: found ${width}×${height} pixels, expected at most ${maxPixels} in all`);
  }
  if (pages > 1 || (format === "png" && isAnimatedPng(bytes))) {
    throw new TypeError(`Cannot read ${name}: found an animation, expected a still picture`);
  }
  const picture = await decode(bytes, { name, format, maxPixels, grey: metadata.channels === 1 });
  const settings = settingsOf(bytes, format, metadata);
  return {
    ...(alpha === "keep" ? picture : flatten(picture, { background })),
    ...(settings !== undefined && { settings }),
  };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_FILE) {
      throw new RangeError(`Cannot read ${path}: found ${size} bytes, expected at most ${LARGEST_FILE}`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new TypeError(`Cannot read ${path}: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder, expected a file";
    case "EACCES":
    case "EPERM":
      return "that is not allowed";
    default:
      return message;
  }
}

async function describe(
  bytes: Uint8Array,
  { name, format }: { readonly name: string; readonly format: ReadFormat },
): Promise<Metadata> {
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw damaged(name, format, error);
  }
}

async function decode(
  bytes: Uint8Array,
  { name, format, maxPixels, grey }: {
    readonly name: string;
    readonly format: ReadFormat;
    readonly maxPixels: number;
    readonly grey: boolean;
  },
): Promise<Picture> {
  const sharp = await loadSharp();
  try {
    // Warnings are let pass: many cameras write them.
    const image = sharp(bytes, { failOn: "error", limitInputPixels: maxPixels });
    const upright = image.autoOrient().toColourspace("srgb").raw({ depth: "uchar" });
    const { data, info: { width, height, channels } } = await upright.toBuffer({ resolveWithObject: true });
    if (grey) return { width, height, channels: 1, data: new Uint8Array(data.filter((_, i) => i % channels === 0)) };
    return { width, height, channels: channels as 3 | 4, data: new Uint8Array(data) };
  } catch (error) {
    throw damaged(name, format, error);
  }
}

function damaged(name: string, format: ReadFormat, cause: unknown): TypeError {
  const what = format === "webp" ? "WebP" : format.toUpperCase();
  return new TypeError(`Cannot read ${name}: the ${what} picture is damaged or cut short`, { cause });
}

function settingsOf(bytes: Uint8Array, format: ReadFormat, { xmpAsString }: Metadata): Settings | undefined {
  const inXmp = () => xmpAsString === undefined ? undefined : settingsTextOfXmp(xmpAsString);
  const text = format === "png" ? pngText(bytes, KEYWORD) : inXmp();
  return text === undefined ? undefined : parseSettings(text);
}
