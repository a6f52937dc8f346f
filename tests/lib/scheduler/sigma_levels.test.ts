import { describe, expect, it } from "vitest";
import { sigmaOf } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import type { Options } from "../../../lib/scheduler/options.ts";
import { refuseSigmas, type SigmaForm, sigmaLevels, tracedTerminal } from "../../../lib/scheduler/sigma_levels.ts";

const schedule = noiseSchedule({ name: "scaled_linear", start: 0.00085, end: 0.012 });
const euler: SigmaForm = { path: "variance_exploding" };
const dpm: SigmaForm = { path: "variance_preserving", whole: true, rounds: true };
const options = (chosen: Partial<Options>) => ({ num_train_timesteps: 1000, flow_shift: 1, ...chosen }) as Options;
const times = (chosen: Partial<Options>, form: SigmaForm, count = 4) =>
  sigmaLevels(options(chosen), schedule, { count }, form).slice(0, -1).map(({ time }) => time);
const sigmas = (chosen: Partial<Options>, form: SigmaForm, count = 4) =>
  sigmaLevels(options(chosen), schedule, { count }, form).map((level) => sigmaOf(level, form.path));

describe("sigmaLevels", () => {
  it("spaces as many times as asked, with fractions, or one more of whole ones", () => {
    expect(times({}, euler)).toEqual([999, 666, 333, 0]);
    expect(times({}, dpm)).toEqual([999, 749, 500, 250]);
    expect(times({ timestep_spacing: "leading", steps_offset: 1 }, dpm)).toEqual([801, 601, 401, 201]);
    expect(times({ timestep_spacing: "trailing" }, dpm)).toEqual([999, 749, 499, 249]);
  });

  it("goes from the image to noise when rising", () => {
    expect(times({}, { ...dpm, rising: true })).toEqual([0, 250, 500, 749]);
  });

  it("spaces σ by Karras, with times that may be rounded", () => {
    const fractions = times({ use_karras_sigmas: true }, euler);
    expect(fractions.map(Math.round)).toEqual(times({ use_karras_sigmas: true }, dpm));
    expect(fractions.some((time) => time % 1 !== 0)).toBe(true);
  });

  it("ends where it is told to", () => {
    const least = Math.sqrt(1 / schedule.alphasCumprod[0]! - 1);
    expect(sigmas({}, euler).at(-1)).toBe(0);
    expect(sigmas({ final_sigmas_type: "sigma_min" }, euler).at(-1)).toBeCloseTo(least, 6);
    const [before, end] = sigmas({ sigma_min: 0.5, use_karras_sigmas: true }, {
      ...dpm,
      last: "sigma_min",
      repeats: true,
    })
      .slice(-2);
    expect([before, end]).toEqual([end, end]);
    expect(end).toBeCloseTo(0.5, 9);
  });

  it("leaves times out that are too noisy", () => {
    expect(times({ lambda_min_clipped: 0 }, dpm)[0]).toBeLessThan(500);
  });

  it("flows from noise, shifted", () => {
    const flow: SigmaForm = { path: "rectified_flow", whole: true };
    const [first] = sigmas({ use_flow_sigmas: true, flow_shift: 3 }, flow);
    expect(first).toBeCloseTo(3 * 0.999 / (1 + 2 * 0.999), 6);
    expect(times({ use_flow_sigmas: true }, { ...flow, fromNoise: true })[0]).toBe(999);
  });

  it("takes σ and times as they are given", () => {
    const run = (run: object) => sigmaLevels(options({}), schedule, run, euler).map(({ sigma }) => sigma);
    expect(run({ sigmas: [10, 2, 0.5] })).toEqual([10, 2, 0.5]);
    expect(run({ timesteps: [900, 100] })).toHaveLength(3);
    expect(() => run({ sigmas: [2, 10, 0] })).toThrow(/found|falling/);
  });

  it("tells the network ¼·ln σ of a continuous time", () => {
    const chosen = { timestep_type: "continuous", prediction_type: "v_prediction" } as const;
    const [level] = sigmaLevels(options(chosen), schedule, { count: 3 }, euler);
    expect(level!.time).toBeCloseTo(Math.log(level!.sigma) / 4, 6);
  });

  it("takes any named spacing of σ, told in fractions of times", () => {
    const named = times({ sigma_schedule: "exponential" }, dpm);
    expect(named.some((time) => time % 1 !== 0)).toBe(true);
    expect(sigmas({ sigma_schedule: "exponential" }, dpm)).toEqual(sigmas({ use_exponential_sigmas: true }, dpm));
  });

  it("refuses times where σ are spaced, and a shift where none is", () => {
    const karras = options({ use_karras_sigmas: true });
    expect(() => sigmaLevels(karras, schedule, { timesteps: [9, 1] }, euler)).toThrow(/found use_karras_sigmas/);
    expect(() => sigmaLevels(karras, schedule, { count: 2, mu: 1 }, euler)).toThrow(/expected use_dynamic_shifting/);
  });
});

describe("refuseSigmas", () => {
  it("names the rivals, an unknown spacing, and a σ that logarithms cannot take", () => {
    expect(refuseSigmas(options({ use_karras_sigmas: true }))).toBe(false);
    expect(refuseSigmas(options({ use_karras_sigmas: true, use_beta_sigmas: true }))).toMatch(/karras.*beta.*expected/);
    expect(refuseSigmas(options({ sigma_schedule: "steep" }))).toMatch(
      /found sigma_schedule = "steep", expected one of/,
    );
    expect(refuseSigmas(options({ use_karras_sigmas: true, sigma_min: 0 }))).toMatch(/expected a number above 0/);
  });
});

describe("tracedTerminal", () => {
  it("leaves a trace of signal at the last time of a rescaled schedule", () => {
    expect(tracedTerminal(options({ rescale_betas_zero_snr: true }), schedule).alphasCumprod[999]).toBe(2 ** -24);
    expect(tracedTerminal(options({}), schedule)).toBe(schedule);
  });
});
