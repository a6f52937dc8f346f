import { describe, expect, it } from "vitest";
import { blend, plainBlend } from "../../../lib/tensor/blend.ts";

/** A little of everything, and no two alike. */
const array = (length: number, k: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(7 * k + i) * 10 ** (k % 3));
const weights = (terms: number) => Array.from({ length: terms }, (_, k) => (k + 1) / 3 * (-1) ** k);

// More terms than WebAssembly takes, lengths that leave a rest, and more than a page of its memory.
const lengths = [0, 1, 3, 4, 7, 8, 9, 1030, 16383, 16384, 16385, 40001];
const counts = [0, 1, 2, 3, 5, 15, 16];

describe("blend", () => {
  it.each(counts)("sums %d terms in double precision, whatever the length, and rounds once", (terms) => {
    for (const length of lengths) {
      const arrays = weights(terms).map((_, k) => array(length, k));
      const out = new Float32Array(length).fill(NaN);
      blend(weights(terms), arrays, out);
      const expected = out.map((_, i) => weights(terms).reduce((sum, w, k) => sum + w * arrays[k]![i]!, 0));
      expect(out).toEqual(expected);
    }
  });

  it.each(counts)("gives the same values in JavaScript alone, with %d terms", (terms) => {
    const arrays = weights(terms).map((_, k) => array(40001, k));
    arrays[0]?.set([NaN, Infinity, -Infinity, -0, 1e-45, 3e38], 9);
    for (const range of [undefined, { low: -1.1, high: 0.3 }]) {
      const [simd, plain] = [new Float32Array(40001), new Float32Array(40001)];
      blend(weights(terms), arrays, simd, range);
      plainBlend(weights(terms), arrays, plain, range);
      // Zeros are told apart by their sign here; one NaN is as good as another.
      expect(simd).toEqual(plain);
    }
  });

  it.each(counts.slice(1))("may write into one of its %d arrays", (terms) => {
    for (const target of new Set([0, terms >> 1, terms - 1])) {
      const arrays = weights(terms).map((_, k) => array(16400, k));
      const apart = new Float32Array(16400);
      blend(weights(terms), arrays, apart);
      blend(weights(terms), arrays, arrays[target]!);
      expect(arrays[target]).toEqual(apart);
    }
  });

  it("keeps values in a range, and lets NaN show", () => {
    const out = new Float32Array(5);
    blend([2], [new Float32Array([-3, 0.25, 3, NaN, Infinity])], out, { low: -1, high: 1 });
    expect([...out]).toEqual([-1, 0.5, 1, NaN, 1]);
  });
});
