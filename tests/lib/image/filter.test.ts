import { describe, expect, it } from "vitest";
import { type Filter, tapsOf } from "../../../lib/image/filter.ts";

const filters: readonly Filter[] = ["nearest", "area", "bilinear", "bicubic", "lanczos"];

describe.each(filters)("the taps of %s", (filter) => {
  it.each([[7, 3], [7, 20], [1, 5], [64, 1], [5, 5]])(
    "lie in the line and add up to 1, from %d to %d",
    (length, size) => {
      const taps = tapsOf(filter, length, { start: 0, end: length, size });
      expect(taps).toHaveLength(size);
      for (const { first, weights } of taps) {
        expect(first).toBeGreaterThanOrEqual(0);
        expect(first + weights.length).toBeLessThanOrEqual(length);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      }
    },
  );

  it("leave a line of the same length as it is", () => {
    for (const [i, { first, weights }] of tapsOf(filter, 9, { start: 0, end: 9, size: 9 }).entries()) {
      weights.forEach((weight, k) => expect(weight).toBeCloseTo(first + k === i ? 1 : 0, 12));
    }
  });
});

describe("the taps of bicubic", () => {
  it("reproduce a parabola between the pixels", () => {
    const parabola = (x: number) => x * x - 3 * x;
    const taps = tapsOf("bicubic", 20, { start: 8, end: 9, size: 4 });
    taps.forEach(({ first, weights }, i) => {
      const place = 8 + (i + 0.5) / 4;
      // Enlarging, four pixels count; the kernel of the ends would widen only where pixels become fewer.
      const value = weights.reduce((sum, weight, k) => sum + weight * parabola(first + k + 0.5), 0);
      expect(value).toBeCloseTo(parabola(place), 10);
    });
  });
});
