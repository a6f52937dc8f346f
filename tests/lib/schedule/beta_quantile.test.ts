import { describe, expect, it } from "vitest";
import { betaQuantile } from "../../../lib/schedule/beta_quantile.ts";

describe("betaQuantile", () => {
  // scipy.stats.beta.ppf
  it.each([
    [0.01, 0.6, 0.6, 0.0008612388215429059],
    [0.1, 0.6, 0.6, 0.03958440558878085],
    [0.25, 0.6, 0.6, 0.17568037865269498],
    [0.999, 0.6, 0.6, 0.9999814412614826],
    [0.1, 2, 0.5, 0.46812256652641954],
    [0.9, 2, 0.5, 0.9955423181123786],
  ])("of %s with a = %s, b = %s is scipy's", (part, a, b, expected) => {
    expect(Math.abs(betaQuantile(part, a, b) / expected - 1)).toBeLessThan(1e-10);
  });

  it("has both ends, and the middle where a = b", () => {
    expect([0, 0.5, 1].map((part) => betaQuantile(part, 0.6, 0.6))).toEqual([0, 0.5, 1]);
  });
});
