import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Generator } from "./normal.ts";
import { philox } from "./philox.ts";
import { checkedSeed } from "./seed.ts";

/** A generator of CUDA's noise. */
export type CudaGenerator = Generator & {
  /** Where it stands: what `cudaGenerator` takes in place of a seed to go on from here. */
  readonly state: () => CudaState;
};

/** Where a generator of CUDA's noise stands. */
export type CudaState = {
  /** Its seed. */
  readonly seed: number;
  /** How many words each thread has drawn. */
  readonly offset: number;
};

/** What device to be like. */
export type CudaOptions = {
  /**
   * How many threads the device runs at once: its multiprocessors times their threads, 221,184 on an A100. Draws of more
   * values than that differ from device to device. By default no draw is that large.
   */
  readonly threads?: number;
};

const GROUP = 256;

/**
 * A generator that makes the noise of `torch.Generator("cuda").manual_seed(seed)`, call for call: Box and Muller's
 * transform of Philox's words, each thread with a counter of its own.
 *
 * What is verified: Philox against the answers that its authors publish, and its use against values that people published
 * of their GPUs, to the four decimals that they give: several seeds, draws in a row, and draws larger than a device's
 * threads. What is not: equality bit for bit. A GPU's logarithm and sine are its own, so expect a difference of 1e−6.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1, or a saved `state`
 * @throws {RangeError} when the seed is anything else, or `threads` no multiple of 256
 *
 * @example
 * ```ts
 * import { cudaGenerator } from "@unnoise/lib";
 *
 * console.assert(Math.abs(cudaGenerator(0).randn([1, 4, 64, 64]).data[0]! - -0.92466) < 1e-5);
 * ```
 */
export function cudaGenerator(
  seed: number | CudaState,
  { threads: most = Infinity }: CudaOptions = {},
): CudaGenerator {
  const start = typeof seed === "number" ? { seed: checkedSeed(seed), offset: 0 } : seed;
  const key = [start.seed % 2 ** 32, Math.floor(start.seed / 2 ** 32)] as const;
  let { offset } = start;
  if (!(most > 0 && (most % GROUP === 0 || most === Infinity))) {
    throw new RangeError(`Cannot draw as ${most} threads do: expected a multiple of ${GROUP}`);
  }

  function randn(shape: readonly number[]): Tensor {
    const noise = tensor(shape);
    const { data } = noise;
    const threads = Math.min(most, Math.ceil(data.length / GROUP) * GROUP);
    const counter = new Uint32Array(4);
    const normals = new Float64Array(4);
    // A thread's four values of a round lie as far apart as there are threads; what lies beyond the end is thrown away.
    for (let first = 0; first < data.length; first += 4 * threads, offset += 4) {
      for (let thread = 0; thread < threads; thread++) {
        counter.set([offset / 4, 0, thread, 0]);
        const words = philox(counter, key);
        boxMuller(words[0]!, words[1]!, normals, 0);
        boxMuller(words[2]!, words[3]!, normals, 2);
        for (let i = 0, place = first + thread; i < 4 && place < data.length; i++, place += threads) {
          data[place] = normals[i]!;
        }
      }
    }
    return noise;
  }

  return { randn, state: () => ({ seed: start.seed, offset }) };
}

function boxMuller(a: number, b: number, into: Float64Array, place: number) {
  const radius = Math.sqrt(-2 * Math.log((a + 0.5) / 2 ** 32));
  const angle = 2 * Math.PI * (b + 0.5) / 2 ** 32;
  into[place] = radius * Math.sin(angle);
  into[place + 1] = radius * Math.cos(angle);
}
