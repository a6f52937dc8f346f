import type { Answers } from "../../../lib/guidance/guidance.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

/** Pictures of two values each, one a row. */
export const pictures = (...rows: number[][]): Tensor => tensor([rows.length, 2], new Float32Array(rows.flat()));

/** Two answers to a question at σ/α = 2. */
export const answers = (conditional: Tensor, unconditional: Tensor, scale: number): Answers => {
  return { conditional, unconditional, scale, at: { time: 500, alpha: 0.5, sigma: 1 } };
};
