import { describe, expect, it } from "vitest";
import {
  noiseSchedule,
  type NoiseScheduleName,
  noiseScheduleNames,
  type NoiseScheduleOptions,
  scheduleOf,
} from "../../../lib/schedule/noise_schedule.ts";
import { floats, readFixture } from "../../fixtures/read.ts";

type Golden = {
  readonly config: {
    readonly beta_schedule: NoiseScheduleName;
    readonly beta_start?: number;
    readonly beta_end?: number;
    readonly num_train_timesteps?: number;
  };
  readonly betas: string;
  readonly alphas_cumprod: string;
  readonly sigma_max: number;
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

/** How many values differ at all, and the largest relative difference. */
function difference(found: Float32Array, expected: Float32Array) {
  let [unequal, worst] = [0, 0];
  expected.forEach((value, i) => {
    if (found[i] !== value) unequal++;
    worst = Math.max(worst, Math.abs(found[i]! - value) / value);
  });
  return { unequal, worst };
}

describe("noiseSchedule against diffusers", () => {
  it("knows every schedule of the goldens", () => {
    expect(new Set(goldens.map(({ config }) => config.beta_schedule))).toEqual(new Set(noiseScheduleNames));
  });

  it.each(goldens.map((golden) => [JSON.stringify(golden.config), golden] as const))("%s", (_, golden) => {
    const schedule = noiseSchedule(optionsOf(golden));
    const betas = floats(golden.betas);
    const alphasCumprod = floats(golden.alphas_cumprod);
    expect(schedule.betas.length).toBe(betas.length);
    expect(schedule.alphasCumprod.length).toBe(betas.length);
    expect(difference(schedule.betas, betas)).toEqual({ unequal: 0, worst: 0 });
    expect(difference(schedule.alphasCumprod, alphasCumprod)).toEqual({ unequal: 0, worst: 0 });
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

  it("refuses a β outside [0, 1)", () => {
    expect(() => noiseSchedule({ name: "linear", end: 1 })).toThrow(RangeError);
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
