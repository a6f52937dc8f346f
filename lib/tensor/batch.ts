import { sizeOf, type Tensor, tensor } from "./tensor.ts";

/**
 * Joins tensors along their first axis, the batch.
 *
 * @throws {RangeError} when there is none, or when the other axes differ
 *
 * @example
 * ```ts
 * import { concatenate, tensor } from "@unnoise/lib";
 *
 * console.assert(concatenate([tensor([1, 4]), tensor([2, 4])]).shape[0] === 3);
 * ```
 */
export function concatenate(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new RangeError("Cannot concatenate tensors: got none, expected at least one");
  const item = first.shape.slice(1);
  let count = 0;
  for (const { shape } of tensors) {
    if (shape.length !== first.shape.length || item.some((axis, i) => axis !== shape[i + 1])) {
      throw new RangeError(
        `Cannot concatenate tensors: found shapes [${first.shape}] and [${shape}], expected them equal after the first axis`,
      );
    }
    count += shape[0]!;
  }
  const joined = tensor([count, ...item]);
  let offset = 0;
  for (const { data } of tensors) {
    joined.data.set(data, offset);
    offset += data.length;
  }
  return joined;
}

/**
 * The items of the first axis, each a tensor whose first axis is 1. The values are shared with the whole, not copied.
 *
 * @example
 * ```ts
 * import { tensor, unstack } from "@unnoise/lib";
 *
 * console.assert(unstack(tensor([3, 1, 28, 28])).length === 3);
 * ```
 */
export function unstack({ data, shape }: Tensor): Tensor[] {
  const [count = 0, ...item] = shape;
  const size = sizeOf(item);
  return Array.from({ length: count }, (_, i) => tensor([1, ...item], data.subarray(i * size, (i + 1) * size)));
}
