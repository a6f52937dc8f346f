import type { Level } from "../schedule/level.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a sampler asks: "what do you predict for this sample at this level?" */
export type Question = {
  /** The noisy sample, `[count, channels, height, width]`. */
  readonly x: Tensor;
  /** How noisy it is. */
  readonly at: Level;
};

/** The answer to a question, read as the image and as the noise that the sample is made of. */
export type Prediction = {
  /** The sample that the question held. */
  readonly x: Tensor;
  /** The predicted image, x̂₀. */
  readonly image: Tensor;
  /** The predicted noise, ε̂. */
  readonly noise: Tensor;
  /** What the network said, unread. */
  readonly raw: Tensor;
  /** What the network said of the variance of the next step, in networks that learned it. */
  readonly variance?: Tensor;
  /** The noise that the network predicted without the condition, where guidance has changed `noise`. */
  readonly unconditional?: Tensor;
};

/** Answers a sampler's questions. */
export type Denoise = (question: Question, signal?: AbortSignal) => Promise<Prediction>;

/** What a network says of a question, unread; a guided network is one too. */
export type Ask = (question: Question, signal?: AbortSignal) => Promise<Tensor>;

/** A network that can be asked under several conditions in one call: one raw output a condition. */
export type Network<Condition> = (
  question: Question,
  conditions: readonly Condition[],
  signal?: AbortSignal,
) => Promise<readonly Tensor[]>;
