import { nearestIn, type Neighbour } from "../metrics/nearest.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How a long search is followed and stopped. */
export type SearchOptions = {
  /** Told how many pictures have been searched for. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
};

/** For each picture, or each row of features, the nearest of the training set; lets others run in between. */
export async function searchTraining(
  pictures: Tensor,
  training: Tensor,
  { onProgress, signal }: SearchOptions = {},
): Promise<Neighbour[]> {
  const search = nearestIn(training);
  const items = unstack(pictures);
  const found: Neighbour[] = [];
  for (const item of items) {
    signal?.throwIfAborted();
    found.push(...search(concatenate([item])));
    onProgress?.(found.length, items.length);
    // A turn of the event loop: without one no abort and no redrawn progress bar would get through.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return found;
}
