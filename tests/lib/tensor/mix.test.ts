import { describe, expect, it } from "vitest";
import { mix } from "../../../lib/tensor/mix.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const row = (...values: number[]) => tensor([values.length], new Float32Array(values));

describe("mix", () => {
  it("is the weighted sum", () => {
    expect([...mix([2, row(1, 2, 3)], [-0.5, row(10, 20, 30)], [1, row(0, 1, 0)]).data]).toEqual([-3, -5, -9]);
  });

  it("takes a single term", () => {
    expect([...mix([3, row(1, -1)]).data]).toEqual([3, -3]);
  });

  it("keeps the shape and leaves its terms as they were", () => {
    const a = tensor([1, 2, 1], new Float32Array([1, 2]));
    const sum = mix([1, a], [1, a]);
    expect(sum.shape).toEqual([1, 2, 1]);
    expect([...a.data]).toEqual([1, 2]);
    expect(sum.data).not.toBe(a.data);
  });

  it("sums in double precision and rounds once", () => {
    // In single precision 2²⁴ + 1 is 2²⁴ again, and the difference would be 0.
    expect(mix([1, row(2 ** 24)], [1, row(1)], [-1, row(2 ** 24)]).data[0]).toBe(1);
  });

  it("gives a term of weight 0 no say, even when it is not a number", () => {
    expect([...mix([1, row(4)], [0, row(NaN)]).data]).toEqual([4]);
    expect([...mix([0, row(Infinity)], [1, row(4)]).data]).toEqual([4]);
  });

  it("passes NaN on otherwise", () => {
    expect(mix([1, row(NaN)], [1, row(1)]).data[0]).toBeNaN();
  });

  it("refuses different shapes, also of the same size, and names both", () => {
    expect(() => mix([1, tensor([2, 3])], [1, tensor([3, 2])])).toThrow(/\[2,3\].*\[3,2\]/);
    expect(() => mix([1, tensor([6])], [1, tensor([6, 1])])).toThrow(RangeError);
  });
});
