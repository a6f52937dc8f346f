/** Numbers with a shape: row-major `data` of `shape[0] × shape[1] × …` values. Pictures are `[count, channels, height, width]`. */
export type Tensor = {
  /** The values, the last axis running fastest. */
  readonly data: Float32Array;
  /** The length of each axis. */
  readonly shape: readonly number[];
};

/**
 * Makes a tensor of a shape, filled with zeros or holding `data` (not copied).
 *
 * @throws {RangeError} when an axis is not a whole number ≥ 0, or `data` has another length than the shape asks for
 *
 * @example
 * ```ts
 * import { tensor } from "@unnoise/lib";
 *
 * const picture = tensor([1, 1, 28, 28]);
 * console.assert(picture.data.length === 784);
 * ```
 */
export function tensor(shape: readonly number[], data?: Float32Array): Tensor {
  const size = sizeOf(shape);
  if (data !== undefined && data.length !== size) {
    throw new RangeError(`Cannot make a tensor of shape [${shape}]: got ${data.length} values, expected ${size}`);
  }
  return { data: data ?? new Float32Array(size), shape };
}

/**
 * The number of values that a shape holds.
 *
 * @throws {RangeError} when an axis is not a whole number ≥ 0
 *
 * @example
 * ```ts
 * import { sizeOf } from "@unnoise/lib";
 *
 * console.assert(sizeOf([2, 3]) === 6);
 * ```
 */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, axis) => {
    if (!Number.isSafeInteger(axis) || axis < 0) {
      throw new RangeError(`Cannot use shape [${shape}]: found axis ${axis}, expected whole numbers of 0 or more`);
    }
    return size * axis;
  }, 1);
}

/**
 * Whether two shapes are the same.
 *
 * @example
 * ```ts
 * import { sameShape } from "@unnoise/lib";
 *
 * console.assert(sameShape([1, 28, 28], [1, 28, 28]) && !sameShape([28, 28], [784]));
 * ```
 */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}
