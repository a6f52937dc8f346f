import { describe, expect, it } from "vitest";
import { checkPairs } from "../../../lib/metrics/pairs.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("checkPairs", () => {
  it("takes two batches of pictures alike", () => {
    expect(() => checkPairs("PSNR", tensor([2, 3, 4, 5]), tensor([2, 3, 4, 5]))).not.toThrow();
  });

  it.each([[[2, 3, 4, 5], [2, 3, 5, 4]], [[1, 3, 4, 4], [2, 3, 4, 4]], [[4, 4], [4, 4]]])(
    "refuses %j and %j in a sentence",
    (a, b) => {
      expect(() => checkPairs("PSNR", tensor(a), tensor(b))).toThrow(
        `Cannot measure PSNR: found shapes [${a}] and [${b}], expected two batches [count, channels, height, width] alike`,
      );
    },
  );
});
