import { describe, expect, it } from "vitest";
import { psnr } from "../../../lib/metrics/psnr.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { golden, pair } from "../../fixtures/metrics/metrics.ts";

describe("psnr", () => {
  it.each(golden.pairs)("of pictures $shape, noise $amount, is scikit-image's", (each) => {
    const { found, wanted } = pair(each);
    const measured = psnr(found, wanted);
    expect(measured).toHaveLength(each.psnr.length);
    each.psnr.forEach((value, i) => expect(measured[i]).toBeCloseTo(value, 4));
  });

  it("is infinite for equal pictures, and knows other ranges", () => {
    const [black, grey] = [tensor([1, 1, 1, 2]), tensor([1, 1, 1, 2], new Float32Array(2).fill(25.5))];
    expect(psnr(black, black)).toEqual([Infinity]);
    expect(psnr(black, grey, { dataRange: 255 })[0]).toBeCloseTo(20, 6);
  });

  it("refuses pictures of different sizes", () => {
    expect(() => psnr(tensor([1, 1, 2, 2]), tensor([1, 1, 2, 3]))).toThrow(/^Cannot measure PSNR: found shapes/);
  });
});
