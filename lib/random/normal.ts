import { sizeOf, type Tensor, tensor } from "../tensor/tensor.ts";
import { BLOCK, boxMuller } from "./box_muller.ts";
import { mersenne, type RandomWords } from "./mersenne.ts";

/** A seeded source of standard normal noise. It moves on with every draw, so two draws differ. */
export type Generator = {
  /** Independent standard normal values in a shape. */
  readonly randn: (shape: readonly number[]) => Tensor;
};

/**
 * A generator that makes the noise of `torch.Generator().manual_seed(seed)` on a CPU, call for call.
 *
 * Equal bit for bit to torch's on processors with AVX2. It is Box and Muller's transform (1958) of MT19937's words, in the
 * order in which torch consumes them: draws of fewer than 16 values in double precision one by one, larger ones in single
 * precision in blocks.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1; as in torch its low 32 bits count
 * @throws {RangeError} when the seed is anything else
 *
 * @example
 * ```ts
 * import { torchGenerator } from "@unnoise/lib";
 *
 * const noise = torchGenerator(0).randn([1, 1, 28, 28]);
 * console.assert(Math.abs(noise.data[0]! - -1.1258) < 1e-4);
 * ```
 */
export function torchGenerator(seed: number): Generator {
  const words = mersenne(seed);
  let kept: number | undefined;

  function small(data: Float32Array) {
    for (let i = 0; i < data.length; i++) {
      if (kept === undefined) {
        const angle = 2 * Math.PI * uniform53(words);
        const radius = Math.sqrt(-2 * Math.log1p(-uniform53(words)));
        data[i] = radius * Math.cos(angle);
        kept = radius * Math.sin(angle);
      } else {
        data[i] = kept;
        kept = undefined;
      }
    }
  }

  function large(data: Float32Array) {
    for (let i = 0; i < data.length; i++) data[i] = uniform24(words);
    for (let start = 0; start + BLOCK <= data.length; start += BLOCK) boxMuller(data, start);
    if (data.length % BLOCK === 0) return;
    // torch fills an incomplete block by drawing the last sixteen values anew.
    const start = data.length - BLOCK;
    for (let i = start; i < data.length; i++) data[i] = uniform24(words);
    boxMuller(data, start);
  }

  return {
    randn(shape) {
      const noise = tensor(shape, new Float32Array(sizeOf(shape)));
      (noise.data.length < BLOCK ? small : large)(noise.data);
      return noise;
    },
  };
}

function uniform24(words: RandomWords): number {
  return (words.next() & 0xffffff) / 2 ** 24;
}

function uniform53(words: RandomWords): number {
  const high = words.next() & 0x1fffff;
  return (high * 2 ** 32 + words.next()) / 2 ** 53;
}
