import { type Tensor, tensor } from "../tensor/tensor.ts";
import { type Filter, type Taps, tapsOf } from "./filter.ts";

/** What size to make, and how. */
export type ResampleOptions = {
  /** The new width. */
  readonly width: number;
  /** The new height. */
  readonly height: number;
  /** "bicubic" by default. */
  readonly filter?: Filter | undefined;
};

/**
 * A batch `[count, channels, height, width]` in another size: what `resize` does to pictures, unrounded. Values may leave
 * the range of the old ones with "bicubic" and "lanczos".
 *
 * @throws {RangeError} when the tensor is no batch of pictures, or a side is not a whole number of 1 or more
 *
 * @example
 * ```ts
 * import { resample, tensor } from "@unnoise/lib";
 *
 * const batch = tensor([1, 1, 1, 2], new Float32Array([-1, 1]));
 * console.assert(resample(batch, { width: 1, height: 1, filter: "area" }).data[0] === 0);
 * ```
 */
export function resample(batch: Tensor, { width, height, filter = "bicubic" }: ResampleOptions): Tensor {
  const [count, channels, oldHeight, oldWidth] = batch.shape;
  if (batch.shape.length !== 4 || !sides(oldWidth, oldHeight)) {
    throw new RangeError(`Cannot resample shape [${batch.shape}]: expected [count, channels, height, width]`);
  }
  if (!sides(width, height)) {
    throw new RangeError(`Cannot resample to ${width}×${height}: expected whole numbers of 1 or more`);
  }
  const across = tapsOf(filter, oldWidth!, { start: 0, end: oldWidth!, size: width });
  const down = tapsOf(filter, oldHeight!, { start: 0, end: oldHeight!, size: height });
  const planes = count! * channels!;
  const wide = along(batch.data, across, { lines: planes * oldHeight!, length: oldWidth!, stride: 1 });
  const done = along(wide, down, { lines: planes, length: oldHeight!, stride: width });
  return tensor([count!, channels!, height, width], done);
}

function sides(...values: readonly (number | undefined)[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value! >= 1);
}

/** Applies taps along one axis, of `lines` blocks of `length` values that lie `stride` apart. */
function along(
  data: Float32Array,
  taps: readonly Taps[],
  { lines, length, stride }: { readonly lines: number; readonly length: number; readonly stride: number },
): Float32Array {
  const result = new Float32Array(lines * taps.length * stride);
  let place = 0;
  for (let line = 0; line < lines; line++) {
    for (const { first, weights } of taps) {
      const from = (line * length + first) * stride;
      for (let x = 0; x < stride; x++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += data[from + k * stride + x]! * weights[k]!;
        result[place++] = sum;
      }
    }
  }
  return result;
}
