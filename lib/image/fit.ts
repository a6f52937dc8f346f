import type { Colour } from "./channels.ts";
import type { Filter } from "./filter.ts";
import type { Picture } from "./picture.ts";
import { resize } from "./resize.ts";

/** What size to fit into, and how; the words are those of CSS. */
export type FitOptions = {
  /** The new width in pixels. */
  readonly width: number;
  /** The new height in pixels. */
  readonly height: number;
  /** "cover" cuts off what is too much (by default), "contain" adds margins, "fill" distorts. */
  readonly fit?: "cover" | "contain" | "fill" | undefined;
  /** "lanczos" by default, as in diffusers. */
  readonly filter?: Filter | undefined;
  /** The colour of margins, white by default. */
  readonly background?: Colour | undefined;
};

/**
 * A picture of exactly the size that is asked for, its middle in the middle.
 *
 * @throws {RangeError} when a side is not a whole number of 1 or more, or `fit` is none of the three
 *
 * @example
 * ```ts
 * import { fitTo } from "@unnoise/lib";
 *
 * const wide = { width: 3, height: 1, channels: 1, data: new Uint8Array([0, 50, 100]) } as const;
 * console.assert(fitTo(wide, { width: 1, height: 1 }).data.join() === "50");
 * console.assert(fitTo(wide, { width: 3, height: 3, fit: "contain" }).data.join() === "255,255,255,0,50,100,255,255,255");
 * ```
 */
export function fitTo(
  picture: Picture,
  { width, height, fit = "cover", filter = "lanczos", background = [255, 255, 255] }: FitOptions,
): Picture {
  switch (fit) {
    case "fill":
      return resize(picture, { width, height, filter });
    case "cover":
      return resize(picture, { width, height, filter, box: middle(picture, width / height) });
    case "contain":
      return onto(resize(picture, { ...inside(picture, { width, height }), filter }), { width, height, background });
    default:
      throw new RangeError(`Cannot fit a picture with ${JSON.stringify(fit)}: expected cover, contain or fill`);
  }
}

/** The largest part around the middle that has the ratio of a width to a height. */
function middle({ width, height }: Picture, ratio: number) {
  const [wide, high] = width / height >= ratio ? [ratio * height, height] : [width, width / ratio];
  const [left, top] = [(width - wide) / 2, (height - high) / 2];
  return { left, top, right: Math.min(left + wide, width), bottom: Math.min(top + high, height) };
}

/** The largest size of the picture's ratio inside another; a hair stays a pixel thick. */
function inside(picture: Picture, { width, height }: { readonly width: number; readonly height: number }) {
  const ratio = picture.width / picture.height;
  if (ratio > width / height) return { width, height: Math.max(1, roundToEven(width / ratio)) };
  return { width: Math.max(1, roundToEven(height * ratio)), height };
}

function onto(
  { width, height, channels, data }: Picture,
  { background, ...size }: { readonly width: number; readonly height: number; readonly background: Colour },
): Picture {
  const colour = channels === 1 ? [background[0]] : [...background, 255];
  const result = Uint8Array.from({ length: size.width * size.height * channels }, (_, i) => colour[i % channels]!);
  const [left, top] = [roundToEven((size.width - width) / 2), roundToEven((size.height - height) / 2)];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width * channels, (y + 1) * width * channels);
    result.set(row, ((top + y) * size.width + left) * channels);
  }
  return { ...size, channels, data: result };
}

/** Python rounds halves to even, and Pillow, which this is held to, is written in it. */
function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
