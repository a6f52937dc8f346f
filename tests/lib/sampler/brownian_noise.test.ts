import { describe, expect, it } from "vitest";
import { brownian } from "../../../lib/random/brownian.ts";
import { brownianNoise } from "../../../lib/sampler/brownian_noise.ts";
import type { Level } from "../../../lib/schedule/level.ts";

const exploding = (sigma: number): Level => ({ time: 0, alpha: 1, sigma });
const interval = { min: 0.03, max: 14.6 };

describe("brownianNoise", () => {
  it("is the walk of a Brownian path in a step, scaled to variance 1", () => {
    const { data } = brownianNoise(3, interval)([2, 5], exploding(9), exploding(7));
    const walked = brownian(3, interval)([2, 5], 9, 7).data;
    expect(data).toEqual(walked.map((value) => value / Math.sqrt(2)));
    const many = brownianNoise(3, interval)([20_000], exploding(0.4), exploding(0.3)).data;
    expect(many.reduce((sum, value) => sum + value * value, 0) / many.length).toBeCloseTo(1, 1);
  });

  it("measures by σ/α, or by the clock that it is given", () => {
    const preserving = (sigma: number): Level => ({ time: 0, alpha: 0.5, sigma: 0.5 * sigma });
    const expected = brownianNoise(3, interval)([4], exploding(9), exploding(7)).data;
    expect(brownianNoise(3, interval)([4], preserving(9), preserving(7)).data).toEqual(expected);
    const squared = brownianNoise(3, { min: 0, max: 100 }, ({ sigma }) => sigma ** 2);
    const walked = brownian(3, { min: 0, max: 100 })([4], 81, 49).data;
    expect(squared([4], exploding(9), exploding(7)).data).toEqual(walked.map((value) => value / Math.sqrt(32)));
  });

  it("gives each picture a path of its own where there is a list of seeds", () => {
    const noise = brownianNoise([7, 8], interval)([2, 3], exploding(2), exploding(1)).data;
    expect(noise.slice(3)).toEqual(brownianNoise(8, interval)([1, 3], exploding(2), exploding(1)).data);
  });

  it("refuses a step of no length", () => {
    expect(() => brownianNoise(0, interval)([1], exploding(2), exploding(2))).toThrow(RangeError);
  });
});
