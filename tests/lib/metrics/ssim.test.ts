import { describe, expect, it } from "vitest";
import { ssim } from "../../../lib/metrics/ssim.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { golden, noise, pair } from "../../fixtures/metrics/metrics.ts";

describe("ssim", () => {
  it.each(golden.pairs)("of pictures $shape, noise $amount, is scikit-image's", (each) => {
    const { found, wanted } = pair(each);
    const measured = ssim(found, wanted);
    expect(measured).toHaveLength(each.ssim.length);
    each.ssim.forEach((value, i) => expect(measured[i]).toBeCloseTo(value, 5));
  });

  it("is 1 for equal pictures, flat ones too, and the same whichever comes first", () => {
    const [a, b] = [noise([2, 1, 12, 12], 1), noise([2, 1, 12, 12], 2)];
    expect(ssim(a, a)).toEqual([1, 1]);
    expect(ssim(tensor([1, 1, 11, 11]), tensor([1, 1, 11, 11]))).toEqual([1]);
    ssim(a, b).forEach((value, i) => expect(value).toBeCloseTo(ssim(b, a)[i]!, 12));
  });

  it("refuses pictures smaller than its window, and pairs that are none", () => {
    expect(() => ssim(tensor([1, 1, 10, 20]), tensor([1, 1, 10, 20]))).toThrow(
      "Cannot measure SSIM of pictures of 20×10 pixels: expected at least 11×11",
    );
    expect(() => ssim(tensor([1, 1, 11, 11]), tensor([1, 3, 11, 11]))).toThrow(/^Cannot measure SSIM: found shapes/);
  });
});
