import type { Ask, Network } from "../prediction/prediction.ts";
import { mix } from "../tensor/mix.ts";

/** What to be guided by. */
export type ClassifierFreeOptions<Condition> = {
  /** What is wanted. */
  readonly condition: Condition;
  /** What to move away from: the empty condition, or something unwanted. */
  readonly unconditional: Condition;
  /** The guidance scale w: 1 is no guidance, 0 ignores what is wanted, more than 1 exaggerates it. */
  readonly scale: number;
};

/**
 * Classifier-free guidance: a network that answers `u + w·(c − u)`, where c is what it says with the condition and u
 * without. Both are asked in one call; at w = 1 only c is asked.
 *
 * Source: Ho and Salimans 2022, arXiv:2207.12598 (its w is ours minus 1; ours is diffusers' `guidance_scale`).
 *
 * @example
 * ```ts
 * import { classifierFree, tensor } from "@unnoise/lib";
 *
 * const network = (_: unknown, labels: readonly number[]) =>
 *   Promise.resolve(labels.map((label) => tensor([1], new Float32Array([label]))));
 * const guided = classifierFree(network, { condition: 3, unconditional: 1, scale: 2 });
 * const raw = await guided({ x: tensor([1]), at: { time: 0, alpha: 1, sigma: 1 } });
 * console.assert(raw.data[0] === 5);
 * ```
 */
export function classifierFree<Condition>(
  network: Network<Condition>,
  { condition, unconditional, scale }: ClassifierFreeOptions<Condition>,
): Ask {
  if (scale === 1) return async (question, signal) => (await network(question, [condition], signal))[0]!;
  return async (question, signal) => {
    const [without, withIt] = await network(question, [unconditional, condition], signal);
    return mix([1 - scale, without!], [scale, withIt!]);
  };
}
