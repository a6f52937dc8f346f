/**
 * Philox 4×32 with ten rounds: four random words of a counter and a key, with no state at all. CUDA's generator.
 *
 * Verified against the known answers that its authors publish and against another implementation.
 *
 * Source: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
 *
 * @param counter four words, the lowest first; they are overwritten with the result
 * @param key two words, the lower first
 *
 * @example
 * ```ts
 * import { philox } from "@unnoise/lib";
 *
 * const words = philox(new Uint32Array(4), [0, 0]);
 * console.assert(words[0] === 0x6627e8d5);
 * ```
 */
export function philox(counter: Uint32Array, [low, high]: readonly [low: number, high: number]): Uint32Array {
  for (let round = 0; round < 10; round++) {
    const [a, b, c, d] = [counter[0]!, counter[1]!, counter[2]!, counter[3]!];
    counter[0] = upper(0xcd9e8d57, c) ^ b ^ low;
    counter[1] = Math.imul(0xcd9e8d57, c);
    counter[2] = upper(0xd2511f53, a) ^ d ^ high;
    counter[3] = Math.imul(0xd2511f53, a);
    low += 0x9e3779b9;
    high += 0xbb67ae85;
  }
  return counter;
}

/** The upper 32 bits of the product of two words. */
function upper(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + (Math.imul(aLow, bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + Math.floor(middle / 2 ** 16) + Math.floor(other / 2 ** 16);
}
