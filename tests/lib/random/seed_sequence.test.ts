import { describe, expect, it } from "vitest";
import { seedSequence } from "../../../lib/random/seed_sequence.ts";
import { readFixture } from "../../fixtures/read.ts";

type Golden = { entropy: number; spawnKey: readonly number[]; poolSize: number; words: readonly number[] };
const { seeds } = await readFixture<{ seeds: readonly Golden[] }>("noise/numpy.json");

describe("seedSequence", () => {
  it.each(seeds)("makes NumPy's words of $entropy, $spawnKey, $poolSize", ({ words, ...options }) => {
    expect([...seedSequence(words.length, options)]).toEqual(words);
  });

  it("takes no spawn key and a pool of four words for granted", () => {
    expect(seedSequence(9, { entropy: 5 })).toEqual(seedSequence(9, { entropy: 5, spawnKey: [], poolSize: 4 }));
  });
});
