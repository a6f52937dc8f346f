import { describe, expect, it } from "vitest";
import { blur } from "../../../lib/image/blur.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { golden } from "../../fixtures/image/golden.ts";
import { floats } from "../../fixtures/read.ts";

const batch = tensor([2, 3, 7, 9], floats(golden.batch));

describe("blur", () => {
  it.each(golden.blurred)("makes SciPy's values at σ = $sigma", ({ sigma, data }) => {
    const { shape, data: values } = blur(batch, sigma);
    expect(shape).toEqual(batch.shape);
    const expected = floats(data);
    values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-6));
  });

  it("leaves one value as it is, and copies at σ = 0", () => {
    blur(tensor([1, 1, 5, 5], new Float32Array(25).fill(0.25)), 3).data.forEach((v) => expect(v).toBeCloseTo(0.25, 6));
    expect(blur(batch, 0)).toEqual(batch);
    expect(blur(batch, 0).data).not.toBe(batch.data);
  });

  it.each([-1, NaN, Infinity])("refuses σ = %d", (sigma) => {
    expect(() => blur(batch, sigma)).toThrow(`Cannot blur by ${sigma} pixels: expected a number of 0 or more`);
  });

  it("refuses what has no height", () => {
    expect(() => blur(tensor([4]), 1)).toThrow("Cannot blur shape [4]: expected a height and a width");
  });
});
