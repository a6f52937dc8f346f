import { describe, expect, it } from "vitest";
import { anew, drift, posterior, posteriorLarge } from "../../../lib/sampler/freshness.ts";
import type { Step } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";

const schedule = noiseSchedule({ name: "linear" });
const step = (from: number, to: number): Step => [levelAt(schedule, from), levelAt(schedule, to)];
const steps = [step(999, 900), step(500, 499), step(40, 20), step(1, 0)];

describe("posterior", () => {
  it.each([0, 0.3, 1])("splits the noise of the end without losing any, at η = %d", (eta) => {
    for (const [from, to] of steps) {
      const { keep, fresh } = posterior(eta)([from, to]);
      expect(Math.hypot(keep, fresh)).toBeCloseTo(to.sigma, 12);
    }
  });

  it("draws nothing anew at η = 0", () => {
    expect(steps.map((s) => posterior(0)(s).fresh)).toEqual([0, 0, 0, 0]);
  });

  it("has DDPM's variance at η = 1", () => {
    const { betas, alphasCumprod } = schedule;
    const variance = (1 - alphasCumprod[499]!) / (1 - alphasCumprod[500]!) * betas[500]!;
    expect(posterior(1)(step(500, 499)).fresh ** 2 / variance).toBeCloseTo(1, 4);
  });

  it("is proportional to η", () => {
    expect(posterior(0.5)(steps[0]!).fresh).toBeCloseTo(posterior(1)(steps[0]!).fresh / 2, 14);
  });

  it("draws nothing anew on the way to the clean picture", () => {
    expect(posterior(1)(step(20, -1))).toEqual({ keep: 0, fresh: 0 });
  });

  it("stays a number where the end is noisier than the start", () => {
    const { keep, fresh } = posterior(1)(step(20, 40));
    expect(fresh).toBe(0);
    expect(keep).toBeCloseTo(levelAt(schedule, 40).sigma, 12);
  });
});

describe("posteriorLarge", () => {
  it("keeps the posterior's mean and takes the variance β of the forward step", () => {
    const large = posteriorLarge(step(500, 499));
    expect(large.keep).toBe(posterior(1)(step(500, 499)).keep);
    expect(large.fresh ** 2 / schedule.betas[500]!).toBeCloseTo(1, 4);
  });

  it("draws nothing anew after time 0", () => {
    expect(posteriorLarge(step(0, -1)).fresh).toBe(0);
    expect(posteriorLarge(step(1, 0)).fresh).toBeGreaterThan(0);
  });
});

describe("anew", () => {
  it("keeps nothing", () => {
    const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
    expect(anew(step)).toEqual({ keep: 0, fresh: 0.6 });
  });
});

describe("drift", () => {
  it("is the posterior at η = 0 and 1, and loses no noise between", () => {
    for (const [from, to] of steps) {
      expect(drift(1)([from, to]).fresh).toBeCloseTo(posterior(1)([from, to]).fresh, 9);
      expect(drift(0)([from, to])).toEqual({ keep: to.sigma, fresh: 0 });
      const { keep, fresh } = drift(0.4)([from, to]);
      expect(Math.hypot(keep, fresh)).toBeCloseTo(to.sigma, 12);
    }
  });

  it("draws as much in two steps as in one", () => {
    const [[from, middle], [, to]] = [step(900, 500), step(500, 100)];
    const [first, second] = [drift(0.4)([from, middle]), drift(0.4)([middle, to])];
    const carried = first.fresh * second.keep / middle.sigma;
    expect(Math.hypot(carried, second.fresh)).toBeCloseTo(drift(0.4)([from, to]).fresh, 12);
  });
});
