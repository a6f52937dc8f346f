/** What a seed grows from. */
export type SeedSequenceOptions = {
  /** The seed, a whole number of 0 or more. */
  readonly entropy: number;
  /** Which of its children, and of theirs: whole numbers of 0 or more. */
  readonly spawnKey?: readonly number[];
  /** How many words are stirred, 4 by default. */
  readonly poolSize?: number;
};

/**
 * Seeds from a seed, as `numpy.random.SeedSequence(entropy, spawn_key=…, pool_size=…).generate_state(count)` makes them,
 * bit for bit.
 *
 * Source: O'Neill 2015, "Developing a seed_seq alternative".
 *
 * @example
 * ```ts
 * import { seedSequence } from "@unnoise/lib";
 *
 * console.assert(seedSequence(1, { entropy: 0 })[0] === 2968811710);
 * ```
 */
export function seedSequence(
  count: number,
  { entropy, spawnKey = [], poolSize = 4 }: SeedSequenceOptions,
): Uint32Array {
  const source = words(entropy);
  if (spawnKey.length > 0) { while (source.length < poolSize) source.push(0); }
  source.push(...spawnKey.flatMap(words));

  const hash = hasher(0x43b0d7e5, 0x931e8875);
  const pool = Uint32Array.from({ length: poolSize }, (_, i) => hash(source[i] ?? 0));
  for (let from = 0; from < poolSize; from++) {
    for (let to = 0; to < poolSize; to++) if (from !== to) pool[to] = stir(pool[to]!, hash(pool[from]!));
  }
  for (const word of source.slice(poolSize)) {
    for (let to = 0; to < poolSize; to++) pool[to] = stir(pool[to]!, hash(word));
  }
  const finish = hasher(0x8b51f9dd, 0x58f38ded);
  return Uint32Array.from({ length: count }, (_, i) => finish(pool[i % poolSize]!));
}

/** A whole number as 32-bit words, the lowest first. */
function words(value: number): number[] {
  const higher = Math.floor(value / 2 ** 32);
  return [value % 2 ** 32, ...(higher > 0 ? words(higher) : [])];
}

/** A hash whose constant changes with every call. */
function hasher(constant: number, factor: number): (value: number) => number {
  return (value) => {
    value ^= constant;
    constant = Math.imul(constant, factor);
    value = Math.imul(value, constant);
    return (value ^ (value >>> 16)) >>> 0;
  };
}

function stir(x: number, y: number): number {
  const mixed = Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y);
  return mixed ^ (mixed >>> 16);
}
