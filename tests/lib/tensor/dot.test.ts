import { describe, expect, it } from "vitest";
import { deviation, dot } from "../../../lib/tensor/dot.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const row = (...values: number[]) => tensor([values.length], new Float32Array(values));

describe("dot", () => {
  it("sums products in double precision", () => {
    expect(dot(row(1, -2, 3), row(4, 5, 6))).toBe(12);
    expect(dot(row(2 ** 13, 1), row(2 ** 13, 1))).toBe(2 ** 26 + 1);
    expect(dot(row(), row())).toBe(0);
  });

  it("refuses tensors of different shapes and names both", () => {
    expect(() => dot(row(1), row(1, 2))).toThrow("[1] and [2]");
  });
});

describe("deviation", () => {
  it("measures from the mean, which does not drown it", () => {
    expect(deviation(row(1, 5))).toBe(2);
    expect(deviation(row(3, 3, 3))).toBe(0);
    expect(deviation(row(...Array.from({ length: 1000 }, (_, i) => 4096 + (i % 2))))).toBeCloseTo(0.5, 9);
  });
});
