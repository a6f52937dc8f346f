import { describe, expect, it } from "vitest";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { sigmaRange, sigmaSchedules } from "../../../lib/schedule/sigma_schedules.ts";

const range = sigmaRange(noiseSchedule({ name: "scaled_linear", start: 0.00085, end: 0.012 }));
const close = (found: readonly number[], expected: readonly number[]) => {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
};

describe("sigmaRange", () => {
  it("takes the ends that are given, and those of the training otherwise", () => {
    const { alphasCumprod } = noiseSchedule({ name: "linear" });
    const found = sigmaRange({ betas: alphasCumprod, alphasCumprod }, { min: 0.5 });
    expect(found.min).toBe(0.5);
    expect(found.max).toBe(found.table[999]);
  });
});

describe("sigmaSchedules", () => {
  it.each(Object.entries(sigmaSchedules))("falls without a stop: %s", (name, schedule) => {
    for (const count of [1, 2, 3, 7, 10, 33]) {
      const sigmas = schedule(count, range);
      expect(sigmas.length).toBe(count);
      expect(sigmas.every((sigma, i) => sigma > 0 && (i === 0 || sigma < sigmas[i - 1]!)), name).toBe(true);
    }
  });

  it("has no σ twice where whole times run out", () => {
    const sigmas = sigmaSchedules.beta(400, range);
    expect(sigmas.length).toBeLessThan(400);
    expect(new Set(sigmas).size).toBe(sigmas.length);
  });

  it("takes its ends, where it has any", () => {
    for (const name of ["karras", "exponential", "polyexponential", "kl_optimal", "normal"] as const) {
      const sigmas = sigmaSchedules[name](5, { ...range, min: 0.5, max: 10 });
      close([sigmas[0]!, sigmas[4]!], [10, 0.5]);
    }
  });

  it("is even in time with the last time, or without it", () => {
    const { table } = range;
    close(sigmaSchedules.normal(4, range), [999, 666, 333, 0].map((time) => table[time]!));
    close(sigmaSchedules.sgm_uniform(3, range), [999, 666, 333].map((time) => table[time]!));
    close(sigmaSchedules.simple(4, range), [999, 749, 499, 249].map((time) => table[time]!));
    close(sigmaSchedules.ddim_uniform(4, range), [751, 501, 251, 1].map((time) => table[time]!));
  });

  it("takes ρ", () => {
    expect(sigmaSchedules.karras(3, { ...range, rho: 3 })).not.toEqual(sigmaSchedules.karras(3, range));
    expect(sigmaSchedules.polyexponential(3, range)).toEqual(sigmaSchedules.exponential(3, range));
    expect(sigmaSchedules.polyexponential(3, { ...range, rho: 2 })).not.toEqual(sigmaSchedules.exponential(3, range));
  });

  it("keeps the published ten steps and goes between them along the logarithm", () => {
    expect(sigmaSchedules.align_your_steps(10, range)[3]).toBeCloseTo(2.697, 9);
    expect(sigmaSchedules.align_your_steps(20, range)[1]).toBeCloseTo(Math.sqrt(14.615 * 6.475), 9);
  });

  it("spends half of its steps on a fortieth of the way, then bends smoothly", () => {
    const sigmas = sigmaSchedules.linear_quadratic(8, { ...range, max: 1 });
    expect(sigmas[4]).toBeCloseTo(0.975, 12);
    const strides = sigmas.slice(1).map((sigma, i) => sigmas[i]! - sigma);
    expect(strides[0]).toBeCloseTo(strides[3]!, 12);
    expect(strides[5]! - strides[4]!).toBeCloseTo(strides[6]! - strides[5]!, 12);
  });

  it("meets in the middle where two arcs are joined", () => {
    const sigmas = sigmaSchedules.bong_tangent(18, { ...range, min: 0, max: 2 });
    expect(sigmas[11]).toBeCloseTo(1, 12);
  });
});
