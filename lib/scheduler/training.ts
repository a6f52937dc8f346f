import type { Options } from "./options.ts";

/** The options of every scheduler that was trained along a table of β, with DDPM's defaults. */
export const training: Partial<Options> = {
  num_train_timesteps: 1000,
  beta_schedule: "linear",
  beta_start: 0.0001,
  beta_end: 0.02,
  trained_betas: null,
  prediction_type: "epsilon",
};

/** Stable Diffusion's ends of the noise schedule. */
export const stableDiffusion: Partial<Options> = { beta_start: 0.00085, beta_end: 0.012 };

/** The options of schedulers that clip images. */
export const clipping: Partial<Options> = { clip_sample: true, clip_sample_range: 1 };

/** The options of schedulers that threshold images. */
export const thresholding: Partial<Options> = {
  thresholding: false,
  dynamic_thresholding_ratio: 0.995,
  sample_max_value: 1,
};
