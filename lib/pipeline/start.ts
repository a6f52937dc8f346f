import { torchGenerator } from "../random/normal.ts";
import { concatenate } from "../tensor/batch.ts";
import { slerp } from "../tensor/interpolate.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A place between two things: at the first when `amount` is 0, at the second when it is 1. */
export type Between<End> = {
  /** Where it begins. */
  readonly from: End;
  /** Where it ends. */
  readonly to: End;
  /** How far it has come, from 0 to 1. */
  readonly amount: number;
};

/** A seed, or a place between the noises of two, on the arc on which noise stays as strong as noise is. */
export type Seed = number | Between<number>;

/**
 * Both ends of what may lie between two; a thing itself is both of its ends.
 *
 * @throws {RangeError} when the amount is not from 0 to 1
 */
export function ends<End extends string | number>(thing: End | Between<End>): Between<End> {
  if (typeof thing !== "object") return { from: thing, to: thing, amount: 0 };
  if (thing.amount >= 0 && thing.amount <= 1) return thing;
  throw new RangeError(
    `Cannot go from ${JSON.stringify(thing.from)} to ${
      JSON.stringify(thing.to)
    } by ${thing.amount}: expected an amount from 0 to 1`,
  );
}

/**
 * The noise of a batch whose pictures each have their own seed: every picture draws from its own generator, so that it
 * comes out the same whatever its neighbours are. diffusers does so with a list of generators.
 *
 * @throws {RangeError} when a seed is not a whole number from 0 to 2⁵³ − 1, or an amount not from 0 to 1
 *
 * @example
 * ```ts
 * import { seededNoise } from "@unnoise/lib";
 *
 * const [alone, together] = [seededNoise([7])([1, 4]), seededNoise([7, { from: 7, to: 8, amount: 0.5 }])([2, 4])];
 * console.assert(alone.data[0] === together.data[0]);
 * ```
 */
export function seededNoise(seeds: readonly Seed[]): (shape: readonly number[]) => Tensor {
  const sources = seeds.map((seed): (shape: readonly number[]) => Tensor => {
    const { from, to, amount } = ends(seed);
    const [first, second] = [torchGenerator(from), torchGenerator(to)];
    return from === to ? first.randn : (shape) => slerp(first.randn(shape), second.randn(shape), amount);
  });
  return ([, ...item]) => concatenate(sources.map((randn) => randn([1, ...item])));
}
