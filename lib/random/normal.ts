import { sizeOf, type Tensor, tensor } from "../tensor/tensor.ts";
import { BLOCK, boxMuller } from "./box_muller.ts";
import { mersenne, type MersenneState, type RandomWords } from "./mersenne.ts";

/** A seeded source of standard normal noise. It moves on with every draw, so two draws differ. */
export type Generator = {
  /** Independent standard normal values in a shape. */
  readonly randn: (shape: readonly number[]) => Tensor;
};

/** A generator that draws in double precision, too, and that can be saved and gone on from. */
export type TorchGenerator = Generator & {
  /** So many values as the other library draws them when it is asked for double precision. */
  readonly randnDouble: (count: number) => Float64Array;
  /** Where it stands: what its maker takes in place of a seed to go on from here. */
  readonly state: () => TorchState;
};

/** Where a generator stands, as plain numbers that JSON can hold. */
export type TorchState = MersenneState & {
  /** The second normal value of a pair, kept for the next draw. */
  readonly kept: number | null;
};

/**
 * A generator that makes the noise of `torch.Generator().manual_seed(seed)` on a CPU, call for call.
 *
 * Single precision is equal bit for bit to torch's on processors with AVX2, and double precision up to the last bit of the
 * engine's own logarithm, sine and cosine. It is Box and Muller's transform (1958) of MT19937's words, in the order in
 * which torch consumes them: draws of fewer than 16 values one by one in double precision, larger ones in blocks.
 *
 * @param seed a whole number from 0 to 2⁵³ − 1, of which as in torch the low 32 bits count; or a saved `state`
 * @throws {RangeError} when the seed is anything else
 *
 * @example
 * ```ts
 * import { torchGenerator } from "@unnoise/lib";
 *
 * const generator = torchGenerator(0);
 * console.assert(Math.abs(generator.randn([1, 1, 28, 28]).data[0]! - -1.1258) < 1e-4);
 *
 * const saved = JSON.stringify(generator.state());
 * const next = torchGenerator(JSON.parse(saved)).randn([3]);
 * console.assert(next.data[0] === generator.randn([3]).data[0]);
 * ```
 */
export function torchGenerator(seed: number | TorchState): TorchGenerator {
  const words = mersenne(seed);
  let kept = typeof seed === "number" ? null : seed.kept;

  function small(data: Float32Array | Float64Array) {
    for (let i = 0; i < data.length; i++) {
      if (kept === null) {
        const angle = 2 * Math.PI * uniform53(words);
        const radius = Math.sqrt(-2 * Math.log1p(-uniform53(words)));
        data[i] = radius * Math.cos(angle);
        kept = radius * Math.sin(angle);
      } else {
        data[i] = kept;
        kept = null;
      }
    }
  }

  function fill<Data extends Float32Array | Float64Array>(
    data: Data,
    uniform: (words: RandomWords) => number,
    transform: (data: Data, start: number) => void,
  ): Data {
    if (data.length < BLOCK) {
      small(data);
      return data;
    }
    for (let i = 0; i < data.length; i++) data[i] = uniform(words);
    for (let start = 0; start + BLOCK <= data.length; start += BLOCK) transform(data, start);
    if (data.length % BLOCK === 0) return data;
    // torch fills an incomplete block by drawing the last sixteen values anew.
    const start = data.length - BLOCK;
    for (let i = start; i < data.length; i++) data[i] = uniform(words);
    transform(data, start);
    return data;
  }

  return {
    randn: (shape) => tensor(shape, fill(new Float32Array(sizeOf(shape)), uniform24, boxMuller)),
    randnDouble: (count) => fill(new Float64Array(sizeOf([count])), uniform53, boxMullerDouble),
    state: () => ({ ...words.state(), kept }),
  };
}

function uniform24(words: RandomWords): number {
  return (words.next() & 0xffffff) / 2 ** 24;
}

function uniform53(words: RandomWords): number {
  const high = words.next() & 0x1fffff;
  return (high * 2 ** 32 + words.next()) / 2 ** 53;
}

/** The transform of `boxMuller` in double precision. */
function boxMullerDouble(data: Float64Array, start: number) {
  for (let i = start; i < start + BLOCK / 2; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - data[i]!));
    const angle = 2 * Math.PI * data[i + BLOCK / 2]!;
    data[i] = radius * Math.cos(angle);
    data[i + BLOCK / 2] = radius * Math.sin(angle);
  }
}
