import { sizeOf, tensor } from "../tensor/tensor.ts";
import { mersenne } from "./mersenne.ts";
import type { TorchGenerator, TorchState } from "./normal.ts";
import { checkedSeed } from "./seed.ts";

/**
 * A generator that makes the noise of `numpy.random.RandomState(seed).randn`, call for call: what the older ONNX pipelines
 * start from. A tensor holds the same draws, rounded to single precision.
 *
 * NumPy draws in double precision only; these are equal to its values up to the last bit of the engine's own logarithm. The
 * words are MT19937's, two to a number, and the method is the polar one.
 *
 * Source: Marsaglia and Bray 1964, "A convenient method for generating normal variables".
 *
 * @param seed a whole number from 0 to 2³² − 1 as in NumPy, or a saved `state`
 * @throws {RangeError} when the seed is anything else
 *
 * @example
 * ```ts
 * import { numpyGenerator } from "@unnoise/lib";
 *
 * console.assert(Math.abs(numpyGenerator(0).randn([1, 4, 64, 64]).data[0]! - 1.76405235) < 1e-7);
 * ```
 */
export function numpyGenerator(seed: number | TorchState): TorchGenerator {
  const words = mersenne(typeof seed === "number" ? checkedSeed(seed, 2 ** 32 - 1) : seed);
  let kept = typeof seed === "number" ? null : seed.kept;

  /** From −1 to 1. */
  const coordinate = () => 2 * ((words.next() >>> 5) * 2 ** 26 + (words.next() >>> 6)) / 2 ** 53 - 1;

  function normal(): number {
    if (kept !== null) {
      const value = kept;
      kept = null;
      return value;
    }
    for (;;) {
      const [x, y] = [coordinate(), coordinate()];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const stretch = Math.sqrt(-2 * Math.log(square) / square);
      kept = stretch * x;
      return stretch * y;
    }
  }

  return {
    randn: (shape) => tensor(shape, Float32Array.from({ length: sizeOf(shape) }, normal)),
    randnDouble: (count) => Float64Array.from({ length: sizeOf([count]) }, normal),
    state: () => ({ ...words.state(), kept }),
  };
}
