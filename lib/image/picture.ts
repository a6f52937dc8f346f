import { concatenate, unstack } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";

/** A picture of bytes: rows from the top, pixels from the left, channels side by side. */
export type Picture = {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** 1 is grey, 3 is RGB, 4 is RGB with opacity. */
  readonly channels: 1 | 3 | 4;
  /** `width × height × channels` values from 0 to 255. */
  readonly data: Uint8Array;
};

/**
 * The pictures of a batch `[count, channels, height, width]`, −1 black and 1 white; what lies outside is clipped.
 *
 * @throws {RangeError} when the tensor is not a batch of pictures of 1, 3 or 4 channels
 *
 * @example
 * ```ts
 * import { tensor, toPictures } from "@unnoise/lib";
 *
 * const [picture] = toPictures(tensor([1, 1, 2, 2], new Float32Array([-1, 0, 1, 9])));
 * console.assert(picture!.data.join() === "0,128,255,255");
 * ```
 */
export function toPictures(batch: Tensor): Picture[] {
  return unstack(batch).map(({ data, shape: [, channels, height, width] }) => {
    if (channels !== 1 && channels !== 3 && channels !== 4 || height === undefined || width === undefined) {
      throw new RangeError(
        `Cannot make pictures of shape [${batch.shape}]: expected [count, 1 | 3 | 4, height, width]`,
      );
    }
    const plane = height * width;
    const bytes = new Uint8ClampedArray(data.length);
    for (let i = 0; i < data.length; i++) {
      // A clamped array rounds halves to even, as NumPy and diffusers' pictures do.
      bytes[(i % plane) * channels + Math.floor(i / plane)] = (data[i]! / 2 + 0.5) * 255;
    }
    return { width, height, channels, data: new Uint8Array(bytes.buffer) };
  });
}

/**
 * A batch of pictures as a tensor `[count, channels, height, width]` from −1 to 1.
 *
 * @throws {RangeError} when there is none, or when they differ in size or channels
 *
 * @example
 * ```ts
 * import { fromPictures } from "@unnoise/lib";
 *
 * const white = { width: 1, height: 1, channels: 1, data: new Uint8Array([255]) } as const;
 * console.assert(fromPictures([white]).data[0] === 1);
 * ```
 */
export function fromPictures(pictures: readonly Picture[]): Tensor {
  return concatenate(pictures.map(({ width, height, channels, data }) => {
    const plane = width * height;
    const values = new Float32Array(data.length);
    for (let i = 0; i < data.length; i++) {
      values[i] = data[(i % plane) * channels + Math.floor(i / plane)]! / 127.5 - 1;
    }
    return tensor([1, channels, height, width], values);
  }));
}
