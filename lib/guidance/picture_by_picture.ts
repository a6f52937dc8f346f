import { concatenate, unstack } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Batches combined picture by picture, for rules that measure each on its own. */
export function pictureByPicture(
  [first, ...others]: readonly [Tensor, ...Tensor[]],
  combine: (first: Tensor, ...others: Tensor[]) => Tensor,
): Tensor {
  const rest = others.map(unstack);
  return concatenate(unstack(first).map((picture, i) => combine(picture, ...rest.map((pictures) => pictures[i]!))));
}
