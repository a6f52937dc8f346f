import { describe, expect, it } from "vitest";
import { exactMoments, exponentialWeights } from "../../../lib/sampler/exponential_weights.ts";

describe("exactMoments", () => {
  const simpson = (f: (u: number) => number) => {
    const count = 1000;
    const sum = Array.from({ length: count + 1 }, (_, i) => {
      return (i === 0 || i === count ? 1 : i % 2 === 0 ? 2 : 4) * f(i / count);
    }).reduce((a, b) => a + b);
    return sum / (3 * count);
  };

  it.each([-30, -4, -1.0001, -0.9999, -1e-6, 0, 1e-9, 0.3, 1, 7])("are means under e^(−zu), at z = %d", (z) => {
    const whole = simpson((u) => Math.exp(-z * u));
    const means = [1, 2, 3].map((k) => simpson((u) => u ** k * Math.exp(-z * u)) / whole);
    exactMoments(z, [0, -1, -2, -3]).forEach((moment, i) => expect(moment / means[i]!).toBeCloseTo(1, 7));
  });
});

describe("exponentialWeights", () => {
  const weights = (nodes: readonly number[], z = 0) => exponentialWeights(exactMoments, z, nodes, 2);

  it("are those of Adams, Bashforth and Moulton where z is 0", () => {
    weights([0, -2]).forEach((weight, i) => expect(weight).toBeCloseTo([3 / 2, -1 / 2][i]!, 12));
    weights([0, -2, -4]).forEach((weight, i) => expect(weight).toBeCloseTo([23 / 12, -16 / 12, 5 / 12][i]!, 12));
    weights([2, 0, -2]).forEach((weight, i) => expect(weight).toBeCloseTo([5 / 12, 8 / 12, -1 / 12][i]!, 12));
  });

  it("add up to 1, whatever the moments", () => {
    for (const z of [-3, 0.5]) {
      expect(weights([0, -1.3, -5, -5.5], z).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    }
    expect(exponentialWeights(() => [7, -3], 1, [1, 0, -4], 2).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it("leave a single prediction as it is, of an endless step too", () => {
    expect(exponentialWeights(exactMoments, -Infinity, [0], Infinity)).toEqual([1]);
  });

  it("take the newest prediction where the step goes nowhere", () => {
    const [newest, ...others] = exponentialWeights(exactMoments, -0, [0, -1, -2], 0);
    expect(newest).toBeCloseTo(1, 12);
    others.forEach((weight) => expect(weight).toBeCloseTo(0, 12));
  });
});
