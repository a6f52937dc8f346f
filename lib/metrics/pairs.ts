import { sameShape, type Tensor } from "../tensor/tensor.ts";

/** How far apart the values of pictures may lie. */
export type RangeOptions = {
  /** White minus black, 2 by default: pictures from −1 to 1. */
  readonly dataRange?: number | undefined;
};

/** Refuses what are no pairs of pictures. */
export function checkPairs(measure: string, found: Tensor, wanted: Tensor): void {
  if (found.shape.length !== 4 || !sameShape(found.shape, wanted.shape)) {
    throw new RangeError(
      `Cannot measure ${measure}: found shapes [${found.shape}] and [${wanted.shape}], expected two batches [count, channels, height, width] alike`,
    );
  }
}
