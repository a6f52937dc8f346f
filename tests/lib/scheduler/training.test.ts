import { describe, expect, it } from "vitest";
import { readConfig } from "../../../lib/scheduler/config.ts";
import { clipping, stableDiffusion, thresholding, training } from "../../../lib/scheduler/training.ts";

describe("shared defaults", () => {
  const defaults = { ...training, ...clipping, ...thresholding };

  it("are DDPM's, and pass the checks that configs pass", () => {
    const { options, ignored } = readConfig({ _class_name: "DDPMScheduler", ...defaults }, defaults);
    expect(options).toEqual(defaults);
    expect(ignored).toEqual([]);
    expect(options).toMatchObject({ num_train_timesteps: 1000, beta_start: 1e-4, beta_end: 0.02, clip_sample: true });
  });

  it("have other ends of β for Stable Diffusion, and nothing else", () => {
    expect({ ...training, ...stableDiffusion }).toEqual({ ...training, beta_start: 0.00085, beta_end: 0.012 });
  });
});
