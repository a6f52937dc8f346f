import { describe, expect, it } from "vitest";
import { clamp } from "../../../lib/tensor/clamp.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("clamp", () => {
  it("moves values into the range and keeps those inside", () => {
    const clamped = clamp(tensor([1, 5], new Float32Array([-3, -1, 0.25, 1, 7])), -1, 1);
    expect([...clamped.data]).toEqual([-1, -1, 0.25, 1, 1]);
    expect(clamped.shape).toEqual([1, 5]);
  });

  it("takes a range that holds no zero", () => {
    expect([...clamp(tensor([2], new Float32Array([0, 9])), 2, 3).data]).toEqual([2, 3]);
  });

  it("handles infinities, and lets NaN show", () => {
    const { data } = clamp(tensor([3], new Float32Array([-Infinity, Infinity, NaN])), -1, 1);
    expect([...data]).toEqual([-1, 1, NaN]);
  });

  it("leaves its tensor as it was", () => {
    const before = tensor([1], new Float32Array([5]));
    clamp(before, 0, 1);
    expect(before.data[0]).toBe(5);
  });
});
