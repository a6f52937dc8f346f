import { type Tensor, tensor } from "../tensor/tensor.ts";
import { blur } from "./blur.ts";
import { withChannels } from "./channels.ts";
import type { Picture } from "./picture.ts";
import { resample } from "./resample.ts";

/** How a picture is read as a mask. */
export type MaskOptions = {
  /** "white" repaints where the picture is bright (by default), "alpha" where it is transparent, as OpenAI's masks. */
  readonly from?: "white" | "alpha" | undefined;
  /** From where on a value is 1, below it 0; ½ by default. `null` keeps the values between, for soft edges. */
  readonly threshold?: number | null | undefined;
  /** Over how many pixels the edge is softened (a Gaussian's deviation); 0 by default. */
  readonly feather?: number | undefined;
};

/**
 * The mask `[1, 1, height, width]` that a picture draws: 1 where all is painted anew, 0 where all is kept. Transparent
 * pixels of a white-on-nothing drawing are kept.
 *
 * @throws {RangeError} when opacity is asked of a picture without it, or the threshold does not lie in 0 … 1
 *
 * @example
 * ```ts
 * import { toMask } from "@unnoise/lib";
 *
 * const drawing = { width: 2, height: 1, channels: 1, data: new Uint8Array([20, 250]) } as const;
 * console.assert(toMask(drawing).data.join() === "0,1");
 * ```
 */
export function toMask(picture: Picture, { from = "white", threshold = 0.5, feather = 0 }: MaskOptions = {}): Tensor {
  if (threshold !== null && !(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`Cannot part a mask at ${threshold}: expected a number from 0 to 1`);
  }
  const { width, height } = picture;
  const values = from === "alpha" ? transparency(picture) : brightness(picture);
  const parted = threshold === null ? values : values.map((value) => value >= threshold ? 1 : 0);
  return blur(tensor([1, 1, height, width], parted), feather);
}

/** How a mask is made smaller. */
export type MaskToOptions = {
  /** The new width. */
  readonly width: number;
  /** The new height. */
  readonly height: number;
  /**
   * "nearest" takes one pixel of many and no values between (by default; torch's `interpolate`, which diffusers shrinks
   * masks with), "area" their mean, "any" 1 where any of them is to be painted anew, so that no damage remains.
   */
  readonly by?: "nearest" | "area" | "any" | undefined;
};

/**
 * A mask `[count, 1, height, width]` on another grid, such as that of the latents.
 *
 * @throws {RangeError} when the mask has another shape, or a side is not a whole number of 1 or more
 *
 * @example
 * ```ts
 * import { maskTo, tensor } from "@unnoise/lib";
 *
 * const mask = tensor([1, 1, 2, 2], new Float32Array([0, 1, 0, 0]));
 * const size = { width: 1, height: 1 };
 * console.assert(maskTo(mask, size).data[0] === 0 && maskTo(mask, { ...size, by: "any" }).data[0] === 1);
 * ```
 */
export function maskTo(mask: Tensor, { width, height, by = "nearest" }: MaskToOptions): Tensor {
  const [count, channels, oldHeight, oldWidth] = mask.shape;
  if (mask.shape.length !== 4 || channels !== 1) {
    throw new RangeError(`Cannot use a mask of shape [${mask.shape}]: expected [count, 1, height, width]`);
  }
  if (by === "nearest") return nearest(mask, [count!, oldHeight!, oldWidth!], { width, height });
  const mean = resample(mask, { width, height, filter: "area" });
  return by === "area" ? mean : tensor(mean.shape, mean.data.map((value) => value > 0 ? 1 : 0));
}

/** One pixel of many, the first of those that fall together. */
function nearest(
  { data }: Tensor,
  [count, oldHeight, oldWidth]: readonly [number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
): Tensor {
  const result = tensor([count, 1, height, width]);
  for (let i = 0; i < result.data.length; i++) {
    const [x, y, k] = [i % width, Math.floor(i / width) % height, Math.floor(i / (width * height))];
    const row = k * oldHeight + Math.floor(y * oldHeight / height);
    result.data[i] = data[row * oldWidth + Math.floor(x * oldWidth / width)]!;
  }
  return result;
}

function brightness(picture: Picture): Float32Array {
  return Float32Array.from(withChannels(picture, 1, { background: [0, 0, 0] }).data, (value) => value / 255);
}

function transparency({ width, height, channels, data }: Picture): Float32Array {
  if (channels !== 4) {
    throw new RangeError("Cannot read a mask from the opacity of a picture without it: expected transparent pixels");
  }
  return Float32Array.from({ length: width * height }, (_, i) => 1 - data[i * 4 + 3]! / 255);
}
