import type { Prediction, Question } from "../prediction/prediction.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * A way through the levels, written as a generator of questions: it yields what it wants to know, is handed the
 * prediction, and returns the finished sample. It knows nothing of networks, and can be driven by `sample` or by `step`.
 */
export type Sampler = Generator<Question, Tensor, Prediction>;

/** Where a sampler takes fresh noise from: standard normal values in the shape of the sample. */
export type Noise = (shape: readonly number[]) => Tensor;
