import { describe, expect, it } from "vitest";
import {
  noiseSchedule,
  type NoiseScheduleName,
  noiseScheduleNames,
  type NoiseScheduleOptions,
  scaleSnr,
  scheduleOf,
  zeroTerminalSnr,
} from "../../../lib/schedule/noise_schedule.ts";
import { floats, readFixture } from "../../fixtures/read.ts";

type Golden = {
  readonly config: {
    readonly beta_schedule: NoiseScheduleName;
    readonly beta_start?: number;
    readonly beta_end?: number;
    readonly num_train_timesteps?: number;
    readonly rescale_betas_zero_snr?: boolean;
  };
  readonly betas: string;
  readonly alphas_cumprod: string;
  readonly sigma_max?: number;
};

const { goldens } = await readFixture<{ goldens: readonly Golden[] }>("schedules/schedules.json");

function optionsOf({ config }: Golden): NoiseScheduleOptions {
  return {
    name: config.beta_schedule,
    ...(config.beta_start === undefined ? {} : { start: config.beta_start }),
    ...(config.beta_end === undefined ? {} : { end: config.beta_end }),
    ...(config.num_train_timesteps === undefined ? {} : { count: config.num_train_timesteps }),
  };
}

function scheduleFor(golden: Golden) {
  const schedule = noiseSchedule(optionsOf(golden));
  return golden.config.rescale_betas_zero_snr ? zeroTerminalSnr(schedule) : schedule;
}

/**
 * How far a value may be from torch's, whose sigmoid and square root are not rounded as IEEE says: their last bit differs
 * from processor to processor, and a rescaled ᾱ has a thousand of them behind it.
 */
function slackOf({ config }: Golden, value: number): number {
  if (config.rescale_betas_zero_snr) return 1e-6;
  return config.beta_schedule === "sigmoid" ? 1e-6 * value : 0;
}

/** The values that differ. */
function unequal(found: Float32Array, expected: Float32Array, golden: Golden): number {
  return expected.filter((value, i) => Math.abs(found[i]! - value) > slackOf(golden, value)).length;
}

describe("noiseSchedule against diffusers", () => {
  it("knows every schedule of the goldens", () => {
    expect(new Set(goldens.map(({ config }) => config.beta_schedule))).toEqual(new Set(noiseScheduleNames));
  });

  it.each(goldens.map((golden) => [JSON.stringify(golden.config), golden] as const))("%s", (_, golden) => {
    const schedule = scheduleFor(golden);
    const betas = floats(golden.betas);
    const alphasCumprod = floats(golden.alphas_cumprod);
    expect(schedule.betas.length).toBe(betas.length);
    expect(schedule.alphasCumprod.length).toBe(betas.length);
    // The β of a rescaled schedule are rounding errors where hardly any signal is left.
    if (!golden.config.rescale_betas_zero_snr) expect(unequal(schedule.betas, betas, golden)).toBe(0);
    expect(unequal(schedule.alphasCumprod, alphasCumprod, golden)).toBe(0);
    if (golden.sigma_max === undefined) return;
    const last = schedule.alphasCumprod.at(-1)!;
    expect(Math.sqrt((1 - last) / last) / golden.sigma_max).toBeCloseTo(1, 6);
  });
});

describe("noiseSchedule", () => {
  it.each(noiseScheduleNames)("of name %s loses signal with every step", (name) => {
    const { alphasCumprod } = noiseSchedule({ name });
    expect(alphasCumprod.every((signal, i) => signal > 0 && (i === 0 || signal < alphasCumprod[i - 1]!))).toBe(true);
  });

  it("runs from the first β to the last", () => {
    const { betas } = noiseSchedule({ name: "linear", start: 0.25, end: 0.5, count: 5 });
    expect([...betas]).toEqual([0.25, 0.3125, 0.375, 0.4375, 0.5]);
  });

  it("takes 0 as a value, not as a missing one", () => {
    expect(noiseSchedule({ name: "linear", start: 0, end: 0.5, count: 3 }).betas[0]).toBe(0);
  });

  it.each([0, -1, 1.5, NaN])("refuses %d steps", (count) => {
    expect(() => noiseSchedule({ name: "linear", count })).toThrow(RangeError);
  });

  it("refuses a β outside [0, 1]", () => {
    expect(() => noiseSchedule({ name: "linear", end: 1.5 })).toThrow(RangeError);
    expect(() => noiseSchedule({ name: "linear", start: -0.1 })).toThrow(RangeError);
  });
});

describe("scheduleOf", () => {
  it("multiplies what each step leaves", () => {
    expect([...scheduleOf(new Float32Array([0.5, 0.25, 0])).alphasCumprod]).toEqual([0.5, 0.375, 0.375]);
  });

  it("refuses an empty list, and a β that is no number", () => {
    expect(() => scheduleOf(new Float32Array())).toThrow(RangeError);
    expect(() => scheduleOf(new Float32Array([0.1, NaN]))).toThrow(/step 1/);
  });
});

describe("zeroTerminalSnr", () => {
  it("leaves no signal at the last time, and the first as it was", () => {
    const schedule = noiseSchedule({ name: "scaled_linear" });
    const { alphasCumprod, betas } = zeroTerminalSnr(schedule);
    expect(alphasCumprod.at(-1)).toBe(0);
    expect(betas.at(-1)).toBe(1);
    expect(alphasCumprod[0]! / schedule.alphasCumprod[0]!).toBeCloseTo(1, 6);
  });
});

describe("scaleSnr", () => {
  it("divides the signal-to-noise ratio by the scale", () => {
    const schedule = noiseSchedule({ name: "linear" });
    const snr = (signal: number) => signal / (1 - signal);
    const scaled = scaleSnr(schedule, 3);
    for (const time of [10, 500, 900]) {
      expect(snr(schedule.alphasCumprod[time]!) / snr(scaled.alphasCumprod[time]!)).toBeCloseTo(3, 3);
    }
  });

  it("changes nothing with scale 1", () => {
    const schedule = noiseSchedule({ name: "scaled_linear", count: 20 });
    scaleSnr(schedule, 1).alphasCumprod.forEach((signal, i) => {
      expect(signal / schedule.alphasCumprod[i]!).toBeCloseTo(1, 6);
    });
  });
});
