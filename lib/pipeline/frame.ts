import type { Level } from "../schedule/level.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** One moment of a run: what every pipeline yields, and what worker messages and server events carry. */
export type Frame = {
  /** How many steps have been taken. */
  readonly index: number;
  /** How many steps there are in all; a run has one frame more, the finished picture. */
  readonly count: number;
  /** How noisy `x` is. In the last frame σ is 0, or the last level that the scheduler goes to. */
  readonly level: Level;
  /** The sample, `[pictures, channels, height, width]`: pixels, or latents in models that have an autoencoder. */
  readonly x: Tensor;
  /** The image as the network guesses it now, x̂₀, a sample without noise; in the last frame the same as `x`. */
  readonly image: Tensor;
  /** The noise as the network guesses it now, ε̂; in the last frame what the last step took out. */
  readonly noise: Tensor;
  /** The image as pictures `[pictures, channels, height, width]` from −1 to 1: in the last frame, and where previews are asked for. */
  readonly picture?: Tensor;
};

/**
 * Walks a run to its end.
 *
 * @returns the finished pictures, `[pictures, channels, height, width]` from −1 to 1
 * @throws {TypeError} when the run has no end to show
 *
 * @example
 * ```ts
 * import { finished, openModel, textToImage } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * const picture = await finished(textToImage(model, { prompts: ["bag"], seeds: [1], steps: 2 }));
 * console.assert(picture.shape.join() === "1,1,28,28");
 * await model.release();
 * ```
 */
export async function finished(run: AsyncIterable<Frame>): Promise<Tensor> {
  let picture: Tensor | undefined;
  for await (const frame of run) picture = frame.picture;
  if (picture === undefined) throw new TypeError("Cannot show the end of the run: found no picture in its last frame");
  return picture;
}
