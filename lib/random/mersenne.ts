import { checkedSeed } from "./seed.ts";

const SIZE = 624;
const OFFSET = 397;

/** An endless source of random 32-bit words. */
export type RandomWords = {
  /** The next word: a whole number in `[0, 2³²)`. */
  readonly next: () => number;
  /** Where it stands: what `mersenne` takes in place of a seed to go on from here. */
  readonly state: () => MersenneState;
};

/** Where a Mersenne Twister stands, as plain numbers that JSON can hold. */
export type MersenneState = {
  /** Its 624 words. */
  readonly words: readonly number[];
  /** How many of them are used up. */
  readonly index: number;
};

/**
 * The Mersenne Twister MT19937, seeded as its authors' `init_genrand` does: torch's CPU generator and NumPy's `RandomState`.
 *
 * Only the low 32 bits of the seed count, as in torch.
 *
 * Source: Matsumoto and Nishimura 1998, "Mersenne Twister: a 623-dimensionally equidistributed uniform generator".
 *
 * @param seed a whole number from 0 to 2⁵³ − 1, or the state of another to go on from
 * @throws {RangeError} when the seed is anything else
 *
 * @example
 * ```ts
 * import { mersenne } from "@unnoise/lib";
 *
 * console.assert(mersenne(5489).next() === 3499211612);
 * ```
 */
export function mersenne(seed: number | MersenneState): RandomWords {
  const state = typeof seed === "number" ? spread(checkedSeed(seed)) : Uint32Array.from(seed.words);
  let index = typeof seed === "number" ? SIZE : seed.index;

  function twist() {
    for (let i = 0; i < SIZE; i++) {
      const word = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
      state[i] = state[(i + OFFSET) % SIZE]! ^ (word >>> 1) ^ (word & 1 ? 0x9908b0df : 0);
    }
    index = 0;
  }

  return {
    next() {
      if (index === SIZE) twist();
      let word = state[index++]!;
      word ^= word >>> 11;
      word ^= (word << 7) & 0x9d2c5680;
      word ^= (word << 15) & 0xefc60000;
      return (word ^ (word >>> 18)) >>> 0;
    },
    state: () => ({ words: [...state], index }),
  };
}

/** The first words of a seed. */
function spread(seed: number): Uint32Array<ArrayBuffer> {
  const state = new Uint32Array(SIZE);
  state[0] = seed % 2 ** 32;
  for (let i = 1; i < SIZE; i++) {
    const last = state[i - 1]!;
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
  }
  return state;
}
