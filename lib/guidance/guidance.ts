import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a network says of one question with and without the condition. */
export type Answers = {
  /** What it says with the condition: c. */
  readonly conditional: Tensor;
  /** What it says without: u. */
  readonly unconditional: Tensor;
  /** The guidance scale w. */
  readonly scale: number;
  /** The level of the question. */
  readonly at: Level;
};

/** A rule that makes one answer of two. It is called at the start of each run, so that no run remembers another. */
export type Guidance = () => (answers: Answers) => Tensor;

/** Plain classifier-free guidance, `u + w·(c − u)`: Ho and Salimans 2022, arXiv:2207.12598. */
export const extrapolated: Guidance = () => ({ conditional, unconditional, scale }) =>
  mix([1 - scale, unconditional], [scale, conditional]);
