import { type Box, type Filter, type Taps, tapsOf } from "./filter.ts";
import type { Picture } from "./picture.ts";

/** What size to make of which part, and how. */
export type ResizeOptions = {
  /** The new width in pixels. */
  readonly width: number;
  /** The new height in pixels. */
  readonly height: number;
  /** "bicubic" by default, "nearest" keeps pixels as they are, "area" is the mean of what a new pixel covers. */
  readonly filter?: Filter | undefined;
  /** The part of the picture that is taken; the whole by default. */
  readonly box?: Box | undefined;
};

/**
 * A picture in another size, as Pillow's `Image.resize` makes it: antialiased, rounded after either direction, colours
 * weighted by their opacity.
 *
 * @throws {RangeError} when a side is not a whole number of 1 or more, or the box does not lie in the picture
 *
 * @example
 * ```ts
 * import { resize } from "@unnoise/lib";
 *
 * const picture = { width: 2, height: 1, channels: 1, data: new Uint8Array([0, 200]) } as const;
 * console.assert(resize(picture, { width: 1, height: 1, filter: "area" }).data[0] === 100);
 * ```
 */
export function resize(
  picture: Picture,
  { width, height, filter = "bicubic", box = whole(picture) }: ResizeOptions,
): Picture {
  checkSide("width", width);
  checkSide("height", height);
  checkBox(picture, box);
  const { left, top, right, bottom } = box;
  const sameWidth = left === 0 && right === picture.width && width === picture.width;
  const sameHeight = top === 0 && bottom === picture.height && height === picture.height;
  if (sameWidth && sameHeight) return { ...picture, data: picture.data.slice() };
  const across = (source: Picture) => {
    const taps = tapsOf(filter, picture.width, { start: left, end: right, size: width });
    return sameWidth ? source : horizontally(source, taps);
  };
  const down = (source: Picture) => {
    const taps = tapsOf(filter, picture.height, { start: top, end: bottom, size: height });
    return sameHeight ? source : vertically(source, taps);
  };
  const resized = (source: Picture) =>
    lessWorkDownFirst(picture, { width, height }) ? across(down(source)) : down(across(source));
  // A colour that nobody sees must not shine through at an edge.
  return picture.channels === 4 && filter !== "nearest"
    ? unpremultiplied(resized(premultiplied(picture)))
    : resized(picture);
}

/** Pillow's rule since its version 13; as it rounds between, the order shows in the bytes. */
function lessWorkDownFirst(picture: Picture, { width, height }: Pick<Picture, "width" | "height">): boolean {
  return height < picture.height && picture.height - height > 2 * (picture.width - width);
}

function whole({ width, height }: Picture): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

function checkSide(name: string, value: number) {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`Cannot resize a picture: ${name} is ${value}, expected a whole number of 1 or more`);
  }
}

function checkBox({ width, height }: Picture, { left, top, right, bottom }: Box) {
  if (!(0 <= left && left < right && right <= width && 0 <= top && top < bottom && bottom <= height)) {
    throw new RangeError(
      `Cannot resize the part from (${left}, ${top}) to (${right}, ${bottom}): expected it to lie in ${width}×${height}`,
    );
  }
}

function horizontally({ width, height, channels, data }: Picture, taps: readonly Taps[]): Picture {
  const columns = taps.map(fixed);
  const result = new Uint8ClampedArray(columns.length * height * channels);
  let place = 0;
  for (let y = 0; y < height; y++) {
    for (const { first, weights } of columns) {
      const from = (y * width + first) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = HALF;
        for (let k = 0; k < weights.length; k++) sum += data[from + k * channels + channel]! * weights[k]!;
        result[place++] = Math.floor(sum / ONE);
      }
    }
  }
  return { width: columns.length, height, channels, data: new Uint8Array(result.buffer) };
}

function vertically({ width, channels, data }: Picture, taps: readonly Taps[]): Picture {
  const row = width * channels;
  const result = new Uint8ClampedArray(taps.length * row);
  taps.map(fixed).forEach(({ first, weights }, y) => {
    for (let x = 0; x < row; x++) {
      let sum = HALF;
      for (let k = 0; k < weights.length; k++) sum += data[(first + k) * row + x]! * weights[k]!;
      result[y * row + x] = Math.floor(sum / ONE);
    }
  });
  return { width, height: taps.length, channels, data: new Uint8Array(result.buffer) };
}

// Pillow's weights are whole multiples of 2⁻²², which is what makes its bytes the same on every machine, and ours with them.
const ONE = 2 ** 22;
const HALF = ONE / 2;

function fixed({ first, weights }: Taps): Taps {
  return { first, weights: weights.map((weight) => Math.trunc(weight * ONE + (weight < 0 ? -0.5 : 0.5))) };
}

function premultiplied({ data, ...picture }: Picture): Picture {
  const result = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const opacity = data[i | 3]!;
    result[i] = (i & 3) === 3 ? opacity : Math.round(data[i]! * opacity / 255);
  }
  return { ...picture, data: result };
}

function unpremultiplied({ data, ...picture }: Picture): Picture {
  const result = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const opacity = data[i | 3]!;
    const plain = (i & 3) === 3 || opacity === 0 || opacity === 255;
    result[i] = plain ? data[i]! : Math.min(255, Math.trunc(255 * data[i]! / opacity));
  }
  return { ...picture, data: result };
}
