import { describe, expect, it } from "vitest";
import { muOf, shiftSigma, stretchToTerminal } from "../../../lib/schedule/shift.ts";

describe("shiftSigma", () => {
  it("multiplies σ/α by the shift", () => {
    for (const sigma of [0.1, 0.5, 0.9]) {
      const shifted = shiftSigma(sigma, 3);
      expect(shifted / (1 - shifted)).toBeCloseTo(3 * sigma / (1 - sigma), 9);
    }
  });

  it("keeps both ends, and everything at 1", () => {
    expect([shiftSigma(0, 5), shiftSigma(1, 5), shiftSigma(0.3, 1)]).toEqual([0, 1, 0.3]);
  });
});

describe("stretchToTerminal", () => {
  it("ends where it is told, and leaves pure noise where it is", () => {
    const [first, , last] = stretchToTerminal([1, 0.6, 0.25], 0.1);
    expect(first).toBe(1);
    expect(last).toBeCloseTo(0.1, 12);
  });

  it("keeps the proportions of the distances from pure noise", () => {
    const [, middle, last] = stretchToTerminal([1, 0.6, 0.2], 0.6);
    expect((1 - middle!) / (1 - last!)).toBeCloseTo(0.5, 12);
  });
});

describe("muOf", () => {
  it("is Flux's line by default", () => {
    expect(muOf(1024)).toBeCloseTo(0.5 + 0.65 * 768 / 3840, 12);
  });

  it("takes other ends", () => {
    const ends = { base_shift: 0, max_shift: 2, base_image_seq_len: 0, max_image_seq_len: 100 };
    expect(muOf(25, ends)).toBe(0.5);
  });
});
