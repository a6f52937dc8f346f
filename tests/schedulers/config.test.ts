import { describe, expect, it } from "vitest";
import { catalogue, compatibles, createScheduler, parseConfig, type SchedulerConfig } from "@unnoise/lib";
import { readFixture } from "../fixtures/read.ts";

type Made =
  | { readonly timesteps: readonly number[]; readonly init_noise_sigma: number }
  | { readonly error: string };
type Saved = { readonly saved: string; readonly made: Readonly<Record<string, Made>> };

const { steps, rows } = await readFixture<{ steps: number; rows: readonly Saved[] }>("configs/configs.json");
const quiet = { warn: () => {} };
const other = (config: SchedulerConfig, _class_name: string) => createScheduler({ ...config, _class_name }, quiet);

const saved = rows.map(({ saved, made }) => {
  const config = parseConfig(saved);
  return [config._class_name, config, made] as const;
});

describe.each(saved)("a saved config of %s", (_, config, made) => {
  it.each(Object.entries(made))("makes a %s as diffusers' from_config does", (name, expected) => {
    if ("error" in expected) {
      expect(() => other(config, name)).toThrow(TypeError);
      return;
    }
    const scheduler = other(config, name);
    scheduler.setTimesteps(steps);
    expect(scheduler.timesteps.length).toBe(expected.timesteps.length);
    scheduler.timesteps.forEach((t, i) => {
      const wanted = expected.timesteps[i]!;
      expect(Math.abs(t - wanted)).toBeLessThanOrEqual(1e-5 * Math.max(1, wanted));
    });
    expect(scheduler.initNoiseSigma / expected.init_noise_sigma).toBeCloseTo(1, 6);
  });

  it("keeps every key through another class and back", () => {
    const there = other(config, "EulerAncestralDiscreteScheduler").config;
    expect(other(there, config._class_name).config).toEqual(config);
  });

  it("is compatible with its own class", () => {
    expect(compatibles(config).map(({ className }) => className)).toContain(config._class_name);
  });
});

describe("what a config does wrong is said in a sentence", () => {
  const refusals: readonly (readonly [SchedulerConfig, RegExp])[] = [
    [
      { _class_name: "EulerScheduler" },
      /^Cannot find scheduler "EulerScheduler": expected one of .*EulerDiscreteScheduler/,
    ],
    [
      { _class_name: "AmusedScheduler" },
      /^Cannot find scheduler "AmusedScheduler", which is left out: It unmasks tokens/,
    ],
    [{ _class_name: "DDIMScheduler", beta_end: "0.02" }, /found beta_end = "0.02", expected a number from 0 to 1$/],
    [
      { _class_name: "DDIMScheduler", num_train_timesteps: 0 },
      /found num_train_timesteps = 0, expected a whole number/,
    ],
    [
      { _class_name: "DDIMScheduler", prediction_type: "noise" },
      /found prediction_type = "noise", expected one of epsilon/,
    ],
    [
      { _class_name: "DDIMScheduler", trained_betas: [0.1] },
      /trained_betas of 1 values, expected num_train_timesteps = 1000$/,
    ],
    [{ _class_name: "DDIMScheduler", trained_betas: [2] }, /found trained_betas = \[2\], expected a list/],
    [
      { _class_name: "EulerDiscreteScheduler", use_karras_sigmas: true, use_beta_sigmas: true },
      /found .*use_karras_sigmas.*use_beta_sigmas.*expected/,
    ],
    [{ _class_name: "EulerAncestralDiscreteScheduler", prediction_type: "sample" }, /found prediction_type = "sample"/],
  ];

  it.each(refusals)("%j", (config, sentence) => {
    expect(() => createScheduler(config, quiet)).toThrow(sentence);
    expect(() => createScheduler(config, quiet)).toThrow(TypeError);
  });
});

describe("the catalogue", () => {
  it("has each name, class and title once", () => {
    for (const key of ["name", "className", "title"] as const) {
      const values = catalogue.map((row) => row[key]);
      expect(new Set(values).size, key).toBe(values.length);
    }
  });

  it("has defaults that its own rules accept", () => {
    for (const { className } of catalogue) expect(() => createScheduler({ _class_name: className })).not.toThrow();
  });
});
