import { describe, expect, it } from "vitest";
import { sizeOf, tensor } from "../../../lib/tensor/tensor.ts";

describe("tensor", () => {
  it("is filled with zeros when no data is given", () => {
    const made = tensor([2, 3]);
    expect(made.shape).toEqual([2, 3]);
    expect([...made.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("holds the data it is given, without copying it", () => {
    const data = new Float32Array([1, 2]);
    expect(tensor([2, 1], data).data).toBe(data);
  });

  it("may be empty or a single number", () => {
    expect(tensor([0, 4]).data.length).toBe(0);
    expect(tensor([]).data.length).toBe(1);
  });

  it("refuses data of another length and names both", () => {
    expect(() => tensor([2, 2], new Float32Array(3))).toThrow(RangeError);
    expect(() => tensor([2, 2], new Float32Array(3))).toThrow(/3 values, expected 4/);
  });

  it.each([[[-1]], [[1.5]], [[NaN]], [[Infinity]], [[2, 2 ** 53]]])("refuses the shape %j", (shape) => {
    expect(() => tensor(shape)).toThrow(RangeError);
  });
});

describe("sizeOf", () => {
  it("multiplies the axes", () => {
    expect(sizeOf([2, 3, 4])).toBe(24);
    expect(sizeOf([])).toBe(1);
    expect(sizeOf([7, 0])).toBe(0);
  });
});
