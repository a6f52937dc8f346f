import { describe, expect, it } from "vitest";
import { allFinite } from "../../../lib/tensor/finite.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("allFinite", () => {
  it.each([NaN, Infinity, -Infinity])("finds %s wherever it is", (odd) => {
    for (const length of [1, 4, 7, 8]) {
      for (let place = 0; place < length; place++) {
        expect(allFinite(tensor([length], new Float32Array(length).fill(odd, place, place + 1)))).toBe(false);
      }
    }
  });

  it("accepts the largest numbers, and none", () => {
    expect(allFinite(tensor([6], new Float32Array(6).fill(3.4e38)))).toBe(true);
    expect(allFinite(tensor([0]))).toBe(true);
  });
});
