import { describe, expect, it } from "vitest";
import { BLOCK, boxMuller } from "../../../lib/random/box_muller.ts";

const uniform = (...values: number[]) => Float32Array.from({ length: BLOCK }, (_, i) => values[i % values.length]!);

/** The same transform in double precision, with JavaScript's own functions. */
function accurate(data: Float32Array): number[] {
  const half = BLOCK / 2;
  return Array.from(data, (_, i) => {
    const radius = Math.sqrt(-2 * Math.log(1 - data[i % half]!));
    const angle = 2 * Math.PI * data[half + i % half]!;
    return radius * (i < half ? Math.cos(angle) : Math.sin(angle));
  });
}

describe("boxMuller", () => {
  it("agrees with the transform in double precision, all around the circle and along the radius", () => {
    for (let k = 0; k < 2000; k++) {
      const data = Float32Array.from({ length: BLOCK }, (_, i) => ((k * 7919 + i * 104729) * 2657 % 2 ** 24) / 2 ** 24);
      const expected = accurate(data);
      boxMuller(data, 0);
      data.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(3e-6));
    }
  });

  it("gives no noise at radius 0, whatever the angle", () => {
    const data = uniform(0);
    boxMuller(data, 0);
    expect(data.every((value) => value === 0)).toBe(true);
  });

  it("stays finite at the largest uniform value", () => {
    const data = uniform(1 - 2 ** -24);
    boxMuller(data, 0);
    expect(data[0]).toBeCloseTo(Math.sqrt(2 * Math.log(2 ** 24)), 5);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it("changes sixteen values from the start that it is given, and no other", () => {
    const data = new Float32Array(40).fill(0.5);
    boxMuller(data, 8);
    expect(data.slice(0, 8).every((value) => value === 0.5)).toBe(true);
    expect(data.slice(8, 24).every((value) => value !== 0.5)).toBe(true);
    expect(data.slice(24).every((value) => value === 0.5)).toBe(true);
  });
});
