import { describe, expect, it } from "vitest";
import { mersenne } from "../../../lib/random/mersenne.ts";

function nth(seed: number, n: number): number {
  const words = mersenne(seed);
  for (let i = 1; i < n; i++) words.next();
  return words.next();
}

describe("mersenne", () => {
  it("makes the first words that its authors publish for seed 5489", () => {
    const words = mersenne(5489);
    expect(Array.from({ length: 5 }, () => words.next())).toEqual([
      3499211612,
      581869302,
      3890346734,
      3586334585,
      545404204,
    ]);
  });

  it("makes the 10,000th word that the C++ standard asks for", () => {
    expect(nth(5489, 10_000)).toBe(4123659995);
  });

  it("makes NumPy's words for seeds 0 and 1", () => {
    expect([nth(0, 1), nth(0, 2), nth(0, 624), nth(0, 625)]).toEqual(NUMPY[0]);
    expect([nth(1, 1), nth(1, 2), nth(1, 624), nth(1, 625)]).toEqual(NUMPY[1]);
  });

  it("counts the low 32 bits of a seed", () => {
    expect(nth(2 ** 32 + 7, 1)).toBe(nth(7, 1));
    expect(nth(2 ** 53 - 1, 1)).toBe(nth(2 ** 32 - 1, 1));
    expect(nth(2 ** 31, 1)).not.toBe(nth(0, 1));
  });

  it("gives two generators of one seed their own state", () => {
    const [a, b] = [mersenne(3), mersenne(3)];
    a.next();
    a.next();
    expect(b.next()).toBe(nth(3, 1));
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])("refuses the seed %d and names it", (seed) => {
    expect(() => mersenne(seed)).toThrow(RangeError);
    expect(() => mersenne(seed)).toThrow(String(seed));
  });
});

/** Words 1, 2, 624 and 625 of numpy.random.RandomState(seed).randint(0, 2**32, dtype=uint32), NumPy 2. */
const NUMPY = [
  [2357136044, 2546248239, 3791854820, 341544762],
  [1791095845, 4282876139, 2006116153, 1104314680],
] as const;
