import { describe, expect, it } from "vitest";
import { cosine, interval, scaleAt } from "../../../lib/guidance/scale.ts";

const at = (sigma: number, time = 0) => ({ time, alpha: 0.5, sigma: sigma / 2 });

describe("scaleAt", () => {
  it("is the number, or what the function says of the level", () => {
    expect(scaleAt(0, at(1))).toBe(0);
    expect(scaleAt(({ time }) => time / 2, at(1, 8))).toBe(4);
  });
});

describe("interval", () => {
  it.each([[0.3, 1], [0.31, 4], [5, 4], [5.01, 1], [Infinity, 1]])(
    "at σ/α = %d has the scale %d",
    (sigma, expected) => {
      expect(interval(4, { min: 0.3, max: 5 })(sigma === Infinity ? { time: 9, alpha: 0, sigma: 1 } : at(sigma)))
        .toBe(expected);
    },
  );

  it("has no ends by default, and goes with scales that change", () => {
    expect(interval(4, {})({ time: 9, alpha: 0, sigma: 1 })).toBe(4);
    expect(interval(({ time }) => time, { max: 5 })(at(1, 7))).toBe(7);
  });
});

describe("cosine", () => {
  it("rises from 1 to the scale, later with more power", () => {
    const scales = [1000, 750, 500, 250, 0, -1].map((time) => cosine(3)(at(1, time)));
    [1, 1.29289, 2, 2.70711, 3, 3].forEach((value, i) => expect(scales[i]).toBeCloseTo(value, 5));
    expect(cosine(3, { power: 4 })(at(1, 500))).toBeLessThan(1.02);
    expect(cosine(3, { times: 100 })(at(1, 50))).toBeCloseTo(2, 9);
  });
});
