import { describe, expect, it } from "vitest";
import { betaSpacing, exponential, karras, type SigmaSpacing } from "../../../lib/schedule/sigmas.ts";

const ends = { min: 0.03, max: 14.6 };
const spacings: Readonly<Record<string, SigmaSpacing>> = {
  karras: karras(),
  exponential: exponential(),
  polyexponential: exponential(2),
  beta: betaSpacing(),
};

describe.each(Object.entries(spacings))("%s", (_, spacing) => {
  it.each([2, 3, 10, 50])("falls from the largest σ to the least in %i", (count) => {
    const sigmas = spacing(count, ends);
    expect(sigmas.length).toBe(count);
    expect(sigmas[0]! / ends.max).toBeCloseTo(1, 12);
    expect(sigmas.at(-1)! / ends.min).toBeCloseTo(1, 12);
    sigmas.slice(1).forEach((sigma, i) => expect(sigma).toBeLessThan(sigmas[i]!));
  });

  it("starts at the largest where there is one", () => {
    expect(spacing(1, ends)[0]! / ends.max).toBeCloseTo(1, 12);
  });
});

describe("the spacings by their definition", () => {
  it("are even in σ^(1/7), in ln σ, and in quantiles", () => {
    const { min, max } = ends;
    expect(karras()(3, ends)[1]! ** (1 / 7)).toBeCloseTo((max ** (1 / 7) + min ** (1 / 7)) / 2, 12);
    expect(exponential()(3, ends)[1]!).toBeCloseTo(Math.sqrt(min * max), 12);
    expect(betaSpacing()(3, ends)[1]!).toBeCloseTo((min + max) / 2, 12);
  });
});
