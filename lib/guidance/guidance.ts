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

/** Makes one answer of two. */
export type Combine = (answers: Answers) => Tensor;

/** A rule of guidance. It is called at the start of each run, so that what it remembers of one is unknown to the next. */
export type Guidance = () => Combine;

/**
 * Plain classifier-free guidance: `u + w·(c − u)`.
 *
 * Source: Ho and Salimans 2022, arXiv:2207.12598.
 *
 * @example
 * ```ts
 * import { extrapolated, tensor } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[3], [1]].map((row) => tensor([1, 1], new Float32Array(row)));
 * const combine = extrapolated();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 2, at });
 * console.assert(guided.data[0] === 5);
 * ```
 */
export function extrapolated(): Combine {
  return ({ conditional, unconditional, scale }) => mix([1 - scale, unconditional], [scale, conditional]);
}
