import { describe, expect, it } from "vitest";
import { meanNorm } from "../../../lib/tensor/mean_norm.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("meanNorm", () => {
  it("is the mean of the items' lengths, not the length of the whole", () => {
    expect(meanNorm(tensor([2, 1, 2], new Float32Array([3, 4, 6, 8])))).toBe(7.5);
  });

  it("is 0 of nothing", () => {
    expect(meanNorm(tensor([0]))).toBe(0);
  });
});
