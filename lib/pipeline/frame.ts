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
  /** The sample, `[pictures, channels, height, width]`. */
  readonly x: Tensor;
  /** The picture as the network guesses it now, x̂₀; in the last frame the same as `x`. */
  readonly image: Tensor;
  /** The noise as the network guesses it now, ε̂; in the last frame what the last step took out. */
  readonly noise: Tensor;
};
