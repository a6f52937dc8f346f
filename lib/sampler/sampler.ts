import type { Prediction, Question } from "../prediction/prediction.ts";
import type { Level } from "../schedule/level.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * A way through the levels, written as a generator of questions: it yields what it wants to know, is handed the
 * prediction, and returns the finished sample. It knows nothing of networks, and can be driven by `sample` or by `step`.
 *
 * It goes on from the `x` of the prediction, not from the one it asked about, so that a caller may change samples between
 * steps. What it wants to know of a prediction after its next question it copies with a `keeper`: callers reuse memory.
 */
export type Sampler = Generator<Question, Tensor, Prediction>;

/**
 * Where a sampler takes fresh noise from: standard normal values in the shape of the sample. White noise does not care for
 * which step it is; a Brownian path does.
 */
export type Noise = (shape: readonly number[], from: Level, to: Level) => Tensor;
