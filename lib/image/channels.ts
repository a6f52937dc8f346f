import type { Picture } from "./picture.ts";

/** A colour: red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What lies behind a picture where it is not opaque. */
export type FlattenOptions = {
  /** White by default. */
  readonly background?: Colour | undefined;
};

const WHITE: Colour = [255, 255, 255];

/**
 * A picture without opacity, as it looks in front of a colour. Pictures of 1 or 3 channels are given back as they are.
 *
 * @example
 * ```ts
 * import { flatten } from "@unnoise/lib";
 *
 * const hole = { width: 1, height: 1, channels: 4, data: new Uint8Array([9, 9, 9, 0]) } as const;
 * console.assert(flatten(hole, { background: [1, 2, 3] }).data.join() === "1,2,3");
 * ```
 */
export function flatten(picture: Picture, { background = WHITE }: FlattenOptions = {}): Picture {
  if (picture.channels !== 4) return picture;
  const { width, height, data } = picture;
  const flat = new Uint8Array(width * height * 3);
  for (let i = 0; i < flat.length; i++) {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const opacity = data[pixel * 4 + 3]! / 255;
    flat[i] = Math.round(data[pixel * 4 + channel]! * opacity + background[channel]! * (1 - opacity));
  }
  return { width, height, channels: 3, data: flat };
}

/**
 * A picture with the number of channels that is asked for. To grey by how bright colours look (ITU-R BT.601, as Pillow);
 * opacity that has no place is flattened onto a background.
 *
 * @example
 * ```ts
 * import { withChannels } from "@unnoise/lib";
 *
 * const red = { width: 1, height: 1, channels: 3, data: new Uint8Array([255, 0, 0]) } as const;
 * console.assert(withChannels(red, 1).data[0] === 76);
 * console.assert(withChannels(red, 4).data.join() === "255,0,0,255");
 * ```
 */
export function withChannels(picture: Picture, channels: Picture["channels"], options: FlattenOptions = {}): Picture {
  if (picture.channels === channels) return picture;
  const { width, height, data, channels: found } = channels === 4 ? picture : flatten(picture, options);
  if (found === channels) return { width, height, channels, data };
  const result = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * found;
    if (channels === 1) {
      result[pixel] = luma(data[from]!, data[from + 1]!, data[from + 2]!);
      continue;
    }
    for (let channel = 0; channel < 3; channel++) {
      result[pixel * channels + channel] = data[found === 1 ? from : from + channel]!;
    }
    if (channels === 4) result[pixel * 4 + 3] = 255;
  }
  return { width, height, channels, data: result };
}

function luma(red: number, green: number, blue: number): number {
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
}
