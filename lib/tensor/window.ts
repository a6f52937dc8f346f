import { sizeOf, type Tensor, tensor } from "./tensor.ts";

/** A part of the pictures of a batch, in whole pixels. */
export type Window = {
  /** The rows above it. */
  readonly top: number;
  /** The pixels to its left. */
  readonly left: number;
  /** Its rows. */
  readonly height: number;
  /** Its pixels in a row. */
  readonly width: number;
};

/**
 * Cuts a window out of each picture of a batch `[count, channels, height, width]`.
 *
 * @throws {RangeError} when the window does not lie in the pictures
 *
 * @example
 * ```ts
 * import { cut, tensor } from "@unnoise/lib";
 *
 * const batch = tensor([1, 1, 2, 3], new Float32Array([1, 2, 3, 4, 5, 6]));
 * console.assert(cut(batch, { top: 0, left: 1, height: 2, width: 2 }).data.join() === "2,3,5,6");
 * ```
 */
export function cut(batch: Tensor, window: Window): Tensor {
  const { top, left, height, width } = window;
  const [count = 0, channels = 0, rows = 0, columns = 0] = batch.shape;
  checkInside(batch.shape, window);
  const part = tensor([count, channels, height, width]);
  const source = batch.data;
  for (let plane = 0; plane < count * channels; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * rows + top + y) * columns + left;
      part.data.set(source.subarray(from, from + width), (plane * height + y) * width);
    }
  }
  return part;
}

/**
 * Adds a part to the same place of each picture of a batch, in the batch's own memory. Each value counts by the weight of
 * its row times the weight of its column, 1 by default.
 *
 * @throws {RangeError} when the part does not lie in the pictures, or the weights are not as many as rows and columns
 *
 * @example
 * ```ts
 * import { addInto, tensor } from "@unnoise/lib";
 *
 * const batch = tensor([1, 1, 1, 3]);
 * const part = tensor([1, 1, 1, 2], new Float32Array([4, 8]));
 * addInto(batch, part, { top: 0, left: 1, columns: new Float64Array([1, 0.5]) });
 * console.assert(batch.data.join() === "0,4,4");
 * ```
 */
export function addInto(
  batch: Tensor,
  part: Tensor,
  { top, left, rows, columns }: {
    readonly top: number;
    readonly left: number;
    readonly rows?: Float64Array | undefined;
    readonly columns?: Float64Array | undefined;
  },
): void {
  const [count = 0, channels = 0, height = 0, width = 0] = part.shape;
  const [, , allRows = 0, allColumns = 0] = batch.shape;
  checkInside(batch.shape, { top, left, height, width });
  if ((rows?.length ?? height) !== height || (columns?.length ?? width) !== width) {
    throw new RangeError(
      `Cannot weigh a part of ${width}×${height}: found ${columns?.length}×${rows?.length} weights`,
    );
  }
  if (sizeOf(part.shape) * allRows * allColumns !== sizeOf(batch.shape) * height * width) {
    throw new RangeError(
      `Cannot add shape [${part.shape}] to [${batch.shape}]: expected as many pictures and channels`,
    );
  }
  const [into, data] = [batch.data, part.data];
  for (let plane = 0; plane < count * channels; plane++) {
    for (let y = 0; y < height; y++) {
      const weight = rows?.[y] ?? 1;
      const to = (plane * allRows + top + y) * allColumns + left;
      const from = (plane * height + y) * width;
      for (let x = 0; x < width; x++) into[to + x]! += weight * (columns?.[x] ?? 1) * data[from + x]!;
    }
  }
}

/**
 * Pictures with more rows below and more columns to the right, which repeat the last ones.
 *
 * @throws {RangeError} when the new size is smaller than the old one
 *
 * @example
 * ```ts
 * import { extend, tensor } from "@unnoise/lib";
 *
 * const batch = tensor([1, 1, 1, 2], new Float32Array([1, 2]));
 * console.assert(extend(batch, { width: 4, height: 1 }).data.join() === "1,2,2,2");
 * ```
 */
export function extend(
  batch: Tensor,
  { height, width }: { readonly height: number; readonly width: number },
): Tensor {
  const [count = 0, channels = 0, rows = 0, columns = 0] = batch.shape;
  if (height < rows || width < columns || rows === 0 || columns === 0) {
    throw new RangeError(`Cannot extend shape [${batch.shape}] to ${width}×${height}: expected no less`);
  }
  if (height === rows && width === columns) return batch;
  const extended = tensor([count, channels, height, width]);
  const [into, data] = [extended.data, batch.data];
  for (let plane = 0; plane < count * channels; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * rows + Math.min(y, rows - 1)) * columns;
      const to = (plane * height + y) * width;
      into.set(data.subarray(from, from + columns), to);
      into.fill(data[from + columns - 1]!, to + columns, to + width);
    }
  }
  return extended;
}

function checkInside(shape: readonly number[], { top, left, height, width }: Window) {
  const [, , rows = 0, columns = 0] = shape;
  const whole = [top, left, height, width].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (whole && shape.length === 4 && top + height <= rows && left + width <= columns) return;
  throw new RangeError(
    `Cannot use the window of ${width}×${height} at (${left}, ${top}): expected it to lie in shape [${shape}]`,
  );
}
