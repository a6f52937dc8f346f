import { describe, expect, it } from "vitest";
import { levelAt, logSnr, sigmaAt, snr, timeAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule, scheduleOf } from "../../../lib/schedule/noise_schedule.ts";

const linear = noiseSchedule({ name: "linear" });

describe("levelAt", () => {
  it.each([0, 1, 500, 999])("splits the power of time %d between image and noise", (time) => {
    const { alpha, sigma } = levelAt(linear, time);
    expect(alpha ** 2).toBeCloseTo(linear.alphasCumprod[time]!, 12);
    expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 12);
  });

  it("is clean at time −1, on both paths", () => {
    expect(levelAt(linear, -1)).toEqual({ time: -1, alpha: 1, sigma: 0 });
    expect(levelAt(linear, -1, "variance_exploding")).toEqual({ time: -1, alpha: 1, sigma: 0 });
  });

  it.each([0, 250.5, 999])("means the same noise on both paths at time %d", (time) => {
    const preserving = levelAt(linear, time);
    const exploding = levelAt(linear, time, "variance_exploding");
    expect(exploding.alpha).toBe(1);
    expect(exploding.sigma).toBeCloseTo(preserving.sigma / preserving.alpha, 10);
  });

  it("interpolates σ/α between two times, linearly", () => {
    const at = (time: number) => levelAt(linear, time, "variance_exploding").sigma;
    expect(at(10.25)).toBeCloseTo(0.75 * at(10) + 0.25 * at(11), 12);
  });

  it("knows a schedule of a single time", () => {
    expect(levelAt(scheduleOf(new Float32Array([0.5])), 0).sigma).toBeCloseTo(Math.SQRT1_2, 7);
  });

  it.each([-2, -0.5, 999.5, 1000, NaN, Infinity])("refuses time %d and names it", (time) => {
    expect(() => levelAt(linear, time)).toThrow(RangeError);
    expect(() => levelAt(linear, time)).toThrow(String(time));
  });
});

describe("snr and logSnr", () => {
  it("are α²/σ² and its logarithm", () => {
    const level = { time: 0, alpha: 0.6, sigma: 0.8 };
    expect(snr(level)).toBeCloseTo(0.5625, 12);
    expect(logSnr(level)).toBeCloseTo(Math.log(0.5625), 12);
  });

  it("are infinite when clean", () => {
    const clean = levelAt(linear, -1);
    expect(snr(clean)).toBe(Infinity);
    expect(logSnr(clean)).toBe(Infinity);
  });

  it("fall with time", () => {
    const falls = Array.from({ length: 999 }, (_, t) => logSnr(levelAt(linear, t)) > logSnr(levelAt(linear, t + 1)));
    expect(falls.every(Boolean)).toBe(true);
  });
});

describe("sigmaAt and timeAt", () => {
  it.each([0, 1, 500.5, 998, 999])("lead from time %d to σ/α and back", (time) => {
    const { alpha, sigma } = levelAt(linear, time);
    expect(sigmaAt(linear, time)).toBeCloseTo(sigma / alpha, 4);
    expect(timeAt(linear, sigmaAt(linear, time))).toBeCloseTo(time, 1);
  });

  it("stay at the ends beyond them, exactly", () => {
    expect(sigmaAt(linear, -1)).toBe(sigmaAt(linear, 0));
    expect(sigmaAt(linear, Infinity)).toBe(sigmaAt(linear, 999));
    expect([0, 1e-12, 1e6, sigmaAt(linear, 999)].map((sigma) => timeAt(linear, sigma))).toEqual([0, 0, 999, 999]);
  });
});
