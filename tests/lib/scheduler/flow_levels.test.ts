import { describe, expect, it } from "vitest";
import { readConfig } from "../../../lib/scheduler/config.ts";
import { checkSigmas, evenSigmas, flowing, flowLevels, refuseFlow } from "../../../lib/scheduler/flow_levels.ts";
import type { Options } from "../../../lib/scheduler/options.ts";

const options = (config: Partial<Options> = {}) =>
  readConfig({ _class_name: "Flow", ...config }, { ...flowing, invert_sigmas: false }).options;
const sigmas = (...args: Parameters<typeof flowLevels>) => flowLevels(...args).map(({ sigma }) => sigma);

describe("flowLevels", () => {
  it("goes from pure noise to the picture, with times of the training", () => {
    const levels = flowLevels(options(), { count: 4 });
    expect(levels.map(({ alpha, sigma }) => alpha + sigma)).toEqual([1, 1, 1, 1, 1]);
    expect([levels[0]!.sigma, levels.at(-1)!.sigma]).toEqual([1, 0]);
    expect(levels[1]!.time).toBeCloseTo(667, 3);
  });

  it("turns around where σ are inverted", () => {
    const found = sigmas(options({ invert_sigmas: true }), { count: 3 });
    expect(found[0]).toBe(0);
    expect(found.at(-1)).toBe(1);
    expect(found).toEqual(found.toSorted());
  });

  it("shifts by mu, and wants it exactly where the config asks for it", () => {
    const linear = options({ use_dynamic_shifting: true, time_shift_type: "linear" });
    expect(sigmas(linear, { sigmas: [0.5], mu: 3 })).toEqual([0.75, 0]);
    expect(() => flowLevels(linear, { count: 3 })).toThrow(/found mu = undefined, expected a number/);
    expect(() => flowLevels(options(), { count: 3, mu: 1 })).toThrow(/expected use_dynamic_shifting/);
  });

  it("refuses what leads nowhere", () => {
    expect(() => flowLevels(options({ shift_terminal: 0.1 }), { count: 1 })).toThrow(/expected two steps/);
    expect(() => flowLevels(options({ use_exponential_sigmas: true }), { sigmas: [1, 0] })).toThrow(
      /expected it above 0/,
    );
    expect(() => flowLevels(options(), { sigmas: [0.5, 0.7] })).toThrow(/expected falling numbers/);
    expect(() => flowLevels(options(), { timesteps: [1500] })).toThrow(/expected falling numbers/);
    expect(() => flowLevels(options(), { count: 0 })).toThrow(/Cannot take 0 steps/);
  });
});

describe("refuseFlow", () => {
  it("names spacings that exclude each other", () => {
    expect(refuseFlow(options())).toBe(false);
    expect(refuseFlow(options({ use_karras_sigmas: true, use_beta_sigmas: true }))).toMatch(/expected at most one/);
    expect(refuseFlow(options({ shift_terminal: 1 }))).toMatch(/expected a number below 1/);
  });
});

describe("evenSigmas and checkSigmas", () => {
  it("hold both ends, and let falling σ through", () => {
    expect(evenSigmas(3, 0.5)).toEqual([1, 0.75, 0.5]);
    expect(checkSigmas([1, 0])).toEqual([1, 0]);
    expect(() => checkSigmas([])).toThrow(RangeError);
  });
});
