/**
 * The seed itself, once it is known to be one.
 *
 * @param largest the largest seed allowed, 2⁵³ − 1 by default
 * @throws {RangeError} when the seed is not a whole number from 0 to the largest
 *
 * @example
 * ```ts
 * import { checkedSeed } from "@unnoise/lib";
 *
 * console.assert(checkedSeed(7) === 7);
 * ```
 */
export function checkedSeed(seed: number, largest: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(seed) && seed >= 0 && seed <= largest) return seed;
  const power = Math.round(Math.log2(largest)) === 53 ? "2⁵³" : "2³²";
  throw new RangeError(`Cannot seed the noise: found ${seed}, expected a whole number from 0 to ${power} − 1`);
}
