import { describe, expect, it } from "vitest";
import { edmLevels } from "../../../lib/scheduler/edm_levels.ts";
import type { Options } from "../../../lib/scheduler/options.ts";

const options = (chosen: Partial<Options>) =>
  ({
    sigma_min: 0.002,
    sigma_max: 80,
    rho: 7,
    sigma_schedule: "karras",
    final_sigmas_type: "zero",
    ...chosen,
  }) as Options;

describe("edmLevels", () => {
  it("runs between the ends, and then to the clean image or not", () => {
    const sigmas = edmLevels(options({}), { count: 5 }).map(({ sigma }) => sigma);
    expect(sigmas[0]).toBeCloseTo(80, 9);
    expect(sigmas[4]).toBeCloseTo(0.002, 12);
    expect(sigmas[5]).toBe(0);
    expect(edmLevels(options({ final_sigmas_type: "sigma_min" }), { count: 2 }).at(-1)!.sigma).toBe(0.002);
  });

  it("tells the network ¼·ln σ, or what else it is told to", () => {
    expect(edmLevels(options({}), { count: 2 })[0]!.time).toBeCloseTo(Math.log(80) / 4, 6);
    expect(edmLevels(options({}), { count: 2 }, (sigma) => -sigma)[0]!.time).toBeCloseTo(-80, 9);
  });

  it("starts a single exponential step from the least σ", () => {
    expect(edmLevels(options({ sigma_schedule: "exponential" }), { count: 1 })[0]!.sigma).toBeCloseTo(0.002, 12);
  });

  it("refuses no steps at all", () => {
    expect(() => edmLevels(options({}), { count: 0 })).toThrow(/Cannot take 0 steps/);
  });
});
