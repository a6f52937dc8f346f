import { sameShape, type Tensor, tensor } from "./tensor.ts";

/**
 * Two tensors made into one, each value from the two at its place: for the rare arithmetic that is no weighted sum.
 *
 * @throws {RangeError} when the shapes differ
 *
 * @example
 * ```ts
 * import { tensor, zip } from "@unnoise/lib";
 *
 * const [a, b] = [tensor([2], new Float32Array([2, 3])), tensor([2], new Float32Array([10, 20]))];
 * console.assert(zip(a, b, (a, b) => a * b).data.join() === "20,60");
 * ```
 */
export function zip(a: Tensor, b: Tensor, combine: (a: number, b: number) => number): Tensor {
  if (!sameShape(a.shape, b.shape)) {
    throw new RangeError(`Cannot zip tensors: found shapes [${a.shape}] and [${b.shape}], expected equal ones`);
  }
  const [first, second] = [a.data, b.data];
  const zipped = tensor(a.shape);
  for (let i = 0; i < first.length; i++) zipped.data[i] = combine(first[i]!, second[i]!);
  return zipped;
}
