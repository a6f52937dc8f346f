import { write } from "./mix.ts";
import { sizeOf, type Tensor } from "./tensor.ts";

/**
 * Memory for what a sampler must still know after its next question: copies of tensors, in buffers used again and again.
 *
 * The last `count` kept tensors are safe from whatever their makers do with theirs; the one before is overwritten.
 *
 * @example
 * ```ts
 * import { keeper, tensor } from "@unnoise/lib";
 *
 * const keep = keeper(2);
 * const mine = tensor([1], new Float32Array([5]));
 * const kept = keep(mine);
 * mine.data[0] = 0;
 * console.assert(kept.data[0] === 5);
 * ```
 */
export function keeper(count: number): (source: Tensor) => Tensor {
  const buffers: Float32Array[] = [];
  let next = 0;
  return (source) => {
    const size = sizeOf(source.shape);
    if (buffers[next]?.length !== size) buffers[next] = new Float32Array(size);
    const kept = write(source, buffers[next]!);
    next = (next + 1) % count;
    return kept;
  };
}
