import { describe, expect, it } from "vitest";
import { resample } from "../../../lib/image/resample.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { golden } from "../../fixtures/image/golden.ts";
import { floats } from "../../fixtures/read.ts";

const batch = tensor([2, 3, 7, 9], floats(golden.batch));

describe("resample", () => {
  it.each(golden.resampled)("makes Pillow's values with $filter at $width×$height", ({ data, ...options }) => {
    const { shape, data: values } = resample(batch, options);
    expect(shape).toEqual([2, 3, options.height, options.width]);
    const expected = floats(data);
    values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
  });

  it("is bicubic by default", () => {
    expect(resample(batch, { width: 4, height: 4 })).toEqual(
      resample(batch, { width: 4, height: 4, filter: "bicubic" }),
    );
  });

  it("refuses what is no batch of pictures, and sides that are none", () => {
    expect(() => resample(tensor([3, 4]), { width: 1, height: 1 })).toThrow("Cannot resample shape [3,4]");
    expect(() => resample(tensor([1, 1, 0, 4]), { width: 1, height: 1 })).toThrow("Cannot resample shape [1,1,0,4]");
    expect(() => resample(batch, { width: 0, height: 1 })).toThrow("Cannot resample to 0×1");
    expect(() => resample(batch, { width: 2, height: 1.5 })).toThrow("Cannot resample to 2×1.5");
  });
});
