import { describe, expect, it } from "vitest";
import { apart, mix, settle, write } from "../../../lib/tensor/mix.ts";
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

describe("a mix of mixes", () => {
  it("is worked out from what it is made of in the end, and rounded once", () => {
    const [a, b] = [row(1, 2), row(10, 20)];
    const inner = mix([2, a], [1, b]);
    const outer = mix([0.5, inner], [-1, a]);
    expect([...outer.data]).toEqual([5, 10]);
    // A third, rounded, times three is not one; folded first, it is.
    expect(mix([3, mix([1 / 3, row(16777217)])]).data[0]).toBe(Math.fround(16777217));
  });

  it("leaves out what comes to no weight at all", () => {
    const [a, unknown] = [row(4), row(NaN)];
    expect([...mix([1, mix([1, a], [0, unknown])]).data]).toEqual([4]);
  });

  it("is worked out late: changes before the first reading reach it, later ones do not", () => {
    const a = row(1);
    const late = mix([3, a]);
    a.data[0] = 2;
    expect(late.data[0]).toBe(6);
    a.data[0] = 5;
    expect(late.data[0]).toBe(6);
  });
});

describe("a mix as an object", () => {
  it("has the properties of every other tensor, worked out or not", () => {
    const tripled = () => mix([3, row(2)]);
    expect(Object.keys(tripled())).toEqual(expect.arrayContaining(["data", "shape"]));
    expect({ ...tripled() }).toEqual(row(6));
    expect(structuredClone(tripled())).toEqual(row(6));
    expect(structuredClone(settle(tripled()))).toEqual(row(6));
  });
});

describe("settle", () => {
  it("works a mix out once, and leaves other tensors as they are", () => {
    const a = row(1);
    const settled = settle(mix([3, a]));
    a.data[0] = 9;
    expect(settled.data[0]).toBe(3);
    expect(settled.data).toBe(settled.data);
    expect(settle(a)).toBe(a);
    expect([...mix([2, settled]).data]).toEqual([6]);
  });
});

describe("apart", () => {
  it("has a mix's values, and reading it does not round the mix", () => {
    const [large, one] = [1e8, 1].map((value) => tensor([1], new Float32Array([value])));
    const sum = mix([1, large!], [1, one!]); // 100,000,001 is none of single precision
    expect(apart(sum).data[0]).toBe(1e8);
    expect(mix([1, sum], [-1, large!]).data[0]).toBe(1);
    expect(mix([1, settle(sum)], [-1, large!]).data[0]).toBe(0);
  });

  it("is the tensor itself where there is nothing to work out", () => {
    const plain = tensor([1]);
    expect(apart(plain)).toBe(plain);
  });
});

describe("write", () => {
  it("writes into given memory, also that of a term, and takes none itself", () => {
    const a = row(1, 2);
    const written = write(mix([3, a], [1, row(1, 1)]), a.data);
    expect(written.data).toBe(a.data);
    expect([...a.data]).toEqual([4, 7]);
    expect([...write(row(5, 6), a.data).data]).toEqual([5, 6]);
  });

  it("refuses room for another number of values, and names both", () => {
    expect(() => write(mix([1, row(1, 2)]), new Float32Array(3))).toThrow(/room for 3 values, expected 2/);
  });
});
