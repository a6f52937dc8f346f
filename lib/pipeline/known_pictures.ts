import type { Model } from "../model/model.ts";
import { concatenate } from "../tensor/batch.ts";
import { sameShape, type Tensor } from "../tensor/tensor.ts";

/**
 * Pictures that a run goes by, one for each of its pictures; a single one goes for all.
 *
 * @throws {RangeError} when they have another shape than the model's pictures
 */
export function knownPictures(image: Tensor, count: number, { pictureShape }: Pick<Model, "pictureShape">): Tensor {
  const expected = [count, ...pictureShape];
  if (sameShape(image.shape, expected)) return image;
  if (sameShape(image.shape, [1, ...pictureShape])) return concatenate(Array.from({ length: count }, () => image));
  throw new RangeError(`Cannot use pictures of shape [${image.shape}]: expected [${expected}] or one alone`);
}
