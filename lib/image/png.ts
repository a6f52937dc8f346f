import { convertIndexedToRgb, decode, type DecodedPng, encode, hasPngSignature } from "fast-png";
import type { Picture } from "./picture.ts";

/** What a PNG file may hold beside its pixels. */
export type EncodePngOptions = {
  /** Keywords and their texts, written as `tEXt` chunks. */
  readonly text?: Readonly<Record<string, string>>;
};

/** How much is decoded. */
export type DecodePngOptions = {
  /** The most pixels that a picture may have, 2²⁴ (16 million) by default: a small file can claim a huge picture. */
  readonly maxPixels?: number;
};

/** A decoded picture, and the texts that were written into it. */
export type DecodedPicture = Picture & { readonly text: Readonly<Record<string, string>> };

const LARGEST_PIXELS = 2 ** 24;
const HEADER_BYTES = 24;

/**
 * The bytes of a PNG file. The same picture gives the same bytes on every platform.
 *
 * @example
 * ```ts
 * import { encodePng } from "@unnoise/lib";
 *
 * const bytes = encodePng({ width: 1, height: 1, channels: 1, data: new Uint8Array([255]) });
 * console.assert(bytes[1] === "P".charCodeAt(0));
 * ```
 */
export function encodePng(
  { width, height, channels, data }: Picture,
  { text = {} }: EncodePngOptions = {},
): Uint8Array {
  return encode({ width, height, channels, data, depth: 8, text: { ...text } });
}

/**
 * The picture in the bytes of a PNG file. Palettes become RGB, 16 bits become 8, grey with opacity becomes RGB with it.
 *
 * The size is read from the header and judged before anything is unpacked.
 *
 * @throws {TypeError} when the bytes are not a whole PNG file
 * @throws {RangeError} when the picture is larger than `maxPixels`
 *
 * @example
 * ```ts
 * import { decodePng, encodePng } from "@unnoise/lib";
 *
 * const bytes = encodePng({ width: 1, height: 1, channels: 1, data: new Uint8Array([7]) }, { text: { Title: "dot" } });
 * const { data, text } = decodePng(bytes);
 * console.assert(data[0] === 7 && text.Title === "dot");
 * ```
 */
export function decodePng(bytes: Uint8Array, { maxPixels = LARGEST_PIXELS }: DecodePngOptions = {}): DecodedPicture {
  if (bytes.length < HEADER_BYTES || !hasPngSignature(bytes)) {
    throw new TypeError(`Cannot read a picture from ${bytes.length} bytes: expected a PNG file`);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  if (width * height > maxPixels) {
    throw new RangeError(`Cannot read a picture of ${width}×${height} pixels: expected at most ${maxPixels} in all`);
  }
  try {
    const png = decode(bytes, { checkCrc: true });
    return { width, height, ...pixels(png), text: png.text };
  } catch (error) {
    throw new TypeError("Cannot read a picture: the PNG file is damaged or cut short", { cause: error });
  }
}

function pixels(png: DecodedPng): Pick<Picture, "channels" | "data"> {
  if (png.palette !== undefined) {
    return { channels: png.palette[0]?.length === 4 ? 4 : 3, data: Uint8Array.from(convertIndexedToRgb(png)) };
  }
  const count = png.width * png.height;
  const largest = 2 ** png.depth - 1;
  const source = png.depth < 8 ? unpacked(png) : png.data;
  const level = (i: number) => Math.round(source[i]! / largest * 255);
  if (png.channels !== 2) {
    return {
      channels: png.channels as 1 | 3 | 4,
      data: Uint8Array.from({ length: count * png.channels }, (_, i) => level(i)),
    };
  }
  return {
    channels: 4,
    data: Uint8Array.from({ length: count * 4 }, (_, i) => level((i >> 2) * 2 + (i % 4 === 3 ? 1 : 0))),
  };
}

/** One value an element, from rows whose pixels share bytes. */
function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  const row = Math.ceil(width * depth / 8);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * row + (bit >> 3)]!;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  });
}
