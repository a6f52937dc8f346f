import type { Picture } from "./picture.ts";

/** How pictures are laid out. */
export type ContactSheetOptions = {
  /** Pictures in a row; all of them by default. */
  readonly columns?: number;
  /** Pixels between pictures, 0 by default. */
  readonly gap?: number;
  /** How many pixels wide and high each pixel becomes, 1 by default. */
  readonly scale?: number;
};

/**
 * Several pictures of one size as a single one, row by row, on black.
 *
 * @throws {RangeError} when there is none, when they differ in size or channels, or a number is not whole or too small
 *
 * @example
 * ```ts
 * import { contactSheet } from "@unnoise/lib";
 *
 * const dot = { width: 1, height: 1, channels: 1, data: new Uint8Array([255]) } as const;
 * console.assert(contactSheet([dot, dot, dot], { columns: 2, scale: 4 }).height === 8);
 * ```
 */
export function contactSheet(
  pictures: readonly Picture[],
  { columns = pictures.length, gap = 0, scale = 1 }: ContactSheetOptions = {},
): Picture {
  const [first] = pictures;
  if (first === undefined) throw new RangeError("Cannot lay out pictures: got none, expected at least one");
  checkWhole("columns", columns, 1);
  checkWhole("gap", gap, 0);
  checkWhole("scale", scale, 1);
  const { width, height, channels } = first;
  const [across, down] = [width * scale + gap, height * scale + gap];
  const sheet = {
    width: Math.min(columns, pictures.length) * across - gap,
    height: Math.ceil(pictures.length / columns) * down - gap,
  };
  const data = new Uint8Array(sheet.width * sheet.height * channels);
  if (channels === 4) { for (let i = 3; i < data.length; i += 4) data[i] = 255; }
  pictures.forEach((picture, place) => {
    if (picture.width !== width || picture.height !== height || picture.channels !== channels) {
      throw new RangeError(
        `Cannot lay out pictures: found ${size(first)} and ${size(picture)}, expected them all alike`,
      );
    }
    const left = (place % columns) * across;
    const top = Math.floor(place / columns) * down;
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
        data.set(picture.data.subarray(from, from + channels), ((top + y) * sheet.width + left + x) * channels);
      }
    }
  });
  return { ...sheet, channels, data };
}

function size({ width, height, channels }: Picture): string {
  return `${width}×${height}×${channels}`;
}

function checkWhole(name: string, value: number, least: number) {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`Cannot lay out pictures: ${name} is ${value}, expected a whole number of ${least} or more`);
  }
}
