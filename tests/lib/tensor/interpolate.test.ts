import { describe, expect, it } from "vitest";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { lerp, slerp } from "../../../lib/tensor/interpolate.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const { randn } = torchGenerator(0);
const [a, b] = [randn([2, 500]), randn([2, 500])];

function length({ data }: Tensor, item: number): number {
  return Math.hypot(...data.subarray(item * 500, (item + 1) * 500));
}

describe.each([["lerp", lerp], ["slerp", slerp]])("%s", (_, between) => {
  it("begins at the one and ends at the other", () => {
    between(a, b, 0).data.forEach((value, i) => expect(value).toBeCloseTo(a.data[i]!, 6));
    between(a, b, 1).data.forEach((value, i) => expect(value).toBeCloseTo(b.data[i]!, 6));
  });

  it("refuses other shapes and amounts", () => {
    expect(() => between(a, tensor([2, 4]), 0.5)).toThrow(/\[2,500\] and \[2,4\]/);
    for (const amount of [-0.1, 1.1, NaN]) expect(() => between(a, b, amount)).toThrow(RangeError);
  });
});

describe("lerp", () => {
  it("goes straight", () => {
    lerp(a, b, 0.25).data.forEach((value, i) => expect(value).toBeCloseTo(0.75 * a.data[i]! + 0.25 * b.data[i]!, 5));
  });
});

describe("slerp", () => {
  it("keeps each item between the lengths of its ends, where a line would cut the corner", () => {
    for (const item of [0, 1]) {
      const ends = [length(a, item), length(b, item)];
      expect(length(slerp(a, b, 0.5), item)).toBeGreaterThan(Math.min(...ends) * 0.99);
      expect(length(lerp(a, b, 0.5), item)).toBeLessThan(Math.min(...ends) * 0.8);
    }
  });

  it("turns evenly", () => {
    const [x, y] = [tensor([1, 2], new Float32Array([1, 0])), tensor([1, 2], new Float32Array([0, 1]))];
    const [cos, sin] = slerp(x, y, 1 / 3).data;
    expect(Math.atan2(sin!, cos!)).toBeCloseTo(Math.PI / 6, 6);
  });

  it("goes straight between what points the same way, the opposite way, or nowhere", () => {
    const one = tensor([1, 2], new Float32Array([1, 1]));
    expect([...slerp(one, tensor([1, 2], new Float32Array([3, 3])), 0.5).data]).toEqual([2, 2]);
    expect([...slerp(one, tensor([1, 2], new Float32Array([-1, -1])), 0.5).data]).toEqual([0, 0]);
    expect([...slerp(one, tensor([1, 2]), 0.5).data]).toEqual([0.5, 0.5]);
  });
});
