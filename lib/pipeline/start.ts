import { torchGenerator } from "../random/normal.ts";

import { concatenate } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The noise of a batch whose pictures each have their own seed: every picture draws from its own generator, so that it
 * comes out the same whatever its neighbours are. diffusers does so with a list of generators.
 *
 * @throws {RangeError} when a seed is not a whole number from 0 to 2⁵³ − 1
 *
 * @example
 * ```ts
 * import { seededNoise } from "@unnoise/lib";
 *
 * const [alone, together] = [seededNoise([7])([1, 4]), seededNoise([7, 8])([2, 4])];
 * console.assert(alone.data[0] === together.data[0]);
 * ```
 */
export function seededNoise(seeds: readonly number[]): (shape: readonly number[]) => Tensor {
  const generators = seeds.map(torchGenerator);
  return ([, ...item]) => concatenate(generators.map(({ randn }) => randn([1, ...item])));
}
