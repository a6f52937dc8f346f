import { type Reading, readingNames } from "../prediction/read.ts";
import { type NoiseScheduleName, noiseScheduleNames } from "../schedule/noise_schedule.ts";
import { type Spacing, spacingNames } from "../schedule/spacing.ts";

/** Every option that some scheduler of the catalogue reads, under diffusers' names. */
export type Options = {
  /** The number of times in training. */
  readonly num_train_timesteps: number;
  /** The noise schedule. */
  readonly beta_schedule: NoiseScheduleName;
  /** β of the first time. */
  readonly beta_start: number;
  /** β of the last time. */
  readonly beta_end: number;
  /** Each β, instead of a schedule by name. */
  readonly trained_betas: readonly number[] | null;
  /** Whether the schedule is stretched until its last time holds no signal. */
  readonly rescale_betas_zero_snr: boolean;
  /** What the network says. */
  readonly prediction_type: Reading | "trigflow";
  /** Where the times of a run lie. */
  readonly timestep_spacing: Spacing;
  /** Added to each time of a `leading` spacing. */
  readonly steps_offset: number;
  /** Whether predicted images are clipped. */
  readonly clip_sample: boolean;
  /** To which absolute value. */
  readonly clip_sample_range: number;
  /** Whether predicted images are clipped to [−1, 1], in consistency models. */
  readonly clip_denoised: boolean;
  /** Dynamic thresholding of predicted images. */
  readonly thresholding: boolean;
  /** The share of values that thresholding lets stay. */
  readonly dynamic_thresholding_ratio: number;
  /** The largest divisor of thresholding. */
  readonly sample_max_value: number;
  /** Whether the last step ends at a clean picture, or at the noise of time 0. */
  readonly set_alpha_to_one: boolean;
  /** How much noise DDPM draws, or what the network has learned to say of it. */
  readonly variance_type:
    | "fixed_small"
    | "fixed_small_log"
    | "fixed_large"
    | "fixed_large_log"
    | "learned"
    | "learned_range"
    | null;
  /** Where the last step ends: clean, or at the least σ. */
  readonly final_sigmas_type: "zero" | "sigma_min";
  /** How σ is found between the ends. */
  readonly interpolation_type: "linear" | "log_linear";
  /** Whether the network is told times, or ¼·ln σ. */
  readonly timestep_type: "discrete" | "continuous";
  /** Karras' spacing of σ. */
  readonly use_karras_sigmas: boolean;
  /** Exponential spacing of σ. */
  readonly use_exponential_sigmas: boolean;
  /** Beta spacing of σ. */
  readonly use_beta_sigmas: boolean;
  /** Lu's spacing, even in λ. */
  readonly use_lu_lambdas: boolean;
  /** The σ of a rectified flow. */
  readonly use_flow_sigmas: boolean;
  /** How far those are shifted toward noise. */
  readonly flow_shift: number;
  /** The spacing of σ, by name. */
  readonly sigma_schedule: string | null;
  /** The exponent of Karras' spacing. */
  readonly rho: number;
  /** The least σ. */
  readonly sigma_min: number | null;
  /** The largest σ. */
  readonly sigma_max: number | null;
  /** The standard deviation of the images that the network was trained on. */
  readonly sigma_data: number;
  /** How much more noise than asked is drawn. */
  readonly s_noise: number;
  /** How much noise is added before a step, of Karras' stochastic sampler. */
  readonly s_churn: number;
  /** The least σ at which any is. */
  readonly s_min: number;
  /** The largest σ at which any is. */
  readonly s_max: number;
  /** The order of a solver. */
  readonly solver_order: 1 | 2 | 3;
  /** What a solver extrapolates, the image or the noise, and whether it adds noise. */
  readonly algorithm_type: string;
  /** Which solver of that order. */
  readonly solver_type: string;
  /** Whether the last steps of a short run have lower orders. */
  readonly lower_order_final: boolean;
  /** Whether the last step is of first order. */
  readonly euler_at_final: boolean;
  /** The least λ of a run. */
  readonly lambda_min_clipped: number;
  /** Whether UniPC extrapolates the image, or the noise. */
  readonly predict_x0: boolean;
  /** The steps after which UniPC does not correct. */
  readonly disable_corrector: readonly number[];
  /** The scheduler that predicts in UniPC's stead. */
  readonly solver_p: null;
  /** The order of SA-Solver's predictor. */
  readonly predictor_order: number;
  /** The order of SA-Solver's corrector. */
  readonly corrector_order: number;
  /** How stochastic SA-Solver is at a time. */
  readonly tau_func: ((time: number) => number) | null;
  /** Whether PNDM leaves its Runge–Kutta steps out. */
  readonly skip_prk_steps: boolean;
  /** The seed of the Brownian path. */
  readonly noise_sampler_seed: number | null;
  /** The number of steps that a consistency model was distilled from. */
  readonly original_inference_steps: number;
  /** By how much times are scaled in the boundary condition of consistency models. */
  readonly timestep_scaling: number;
  /** How much CogVideoX shifts its schedule. */
  readonly snr_shift_scale: number;
  /** How much of DDPM's noise is added. */
  readonly eta: number;
  /** Whether noise is put back as the network saw it without the condition. */
  readonly cfg_plus_plus: boolean;
  /** How far a flow is shifted toward noise. */
  readonly shift: number;
  /** Whether that depends on the size of the picture. */
  readonly use_dynamic_shifting: boolean;
  /** The form of that shift. */
  readonly time_shift_type: "exponential" | "linear";
  /** The shift of the smallest picture. */
  readonly base_shift: number;
  /** The shift of the largest picture. */
  readonly max_shift: number;
  /** The number of tokens of the smallest picture. */
  readonly base_image_seq_len: number;
  /** The number of tokens of the largest picture. */
  readonly max_image_seq_len: number;
  /** The σ that the last step of a flow starts from. */
  readonly shift_terminal: number | null;
  /** Whether a flow runs from 1 − σ. */
  readonly invert_sigmas: boolean;
  /** Whether all noise of a flow is drawn anew at each step. */
  readonly stochastic_sampling: boolean;
  /** By how much each step of a flow enlarges the sample. */
  readonly scale_factors: readonly number[] | null;
  /** How it enlarges. */
  readonly upscale_mode: string;
  /** The signal-to-noise ratio of a corrector. */
  readonly snr: number;
  /** How often it corrects a step. */
  readonly correct_steps: number;
  /** The end of the time of a score model. */
  readonly sampling_eps: number;
  /** β at the start of the time of a score model. */
  readonly beta_min: number;
  /** β at the end of the time of a score model. */
  readonly beta_max: number;
  /** The scale of Würstchen's cosine schedule. */
  readonly scaler: number;
  /** The offset of Würstchen's cosine schedule. */
  readonly s: number;
};

/** The values that an option may have. */
export type Kind = { readonly accepts: (value: unknown) => boolean; readonly expected: string };

const flag: Kind = { accepts: (value) => typeof value === "boolean", expected: "true or false" };

const oneOf = (...names: readonly string[]): Kind => ({
  accepts: (value) => names.includes(value as string),
  expected: `one of ${names.join(", ")}`,
});

const number = (min: number, max: number, expected: string): Kind => ({
  accepts: (value) => typeof value === "number" && value >= min && value <= max,
  expected,
});

const whole = (min: number, max: number): Kind => ({
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  expected: `a whole number from ${min} to ${max}`,
});

const list = ({ accepts, expected }: Kind, least: number): Kind => ({
  accepts: (value) => Array.isArray(value) && value.length >= least && value.every(accepts),
  expected: `a list, each ${expected}`,
});

const real = number(-Number.MAX_VALUE, Number.MAX_VALUE, "a number");
const amount = number(0, Number.MAX_VALUE, "a number of 0 or more");
const positive = number(Number.MIN_VALUE, Number.MAX_VALUE, "a number above 0");
const share = number(0, 1, "a number from 0 to 1");
const text: Kind = { accepts: (value) => typeof value === "string", expected: "a name" };

/** What each option may be. A row narrows a name further where its class knows fewer. */
export const kinds: { readonly [Name in keyof Options]: Kind } = {
  num_train_timesteps: whole(1, 1_000_000),
  beta_schedule: oneOf(...noiseScheduleNames),
  beta_start: share,
  beta_end: share,
  trained_betas: list(share, 1),
  rescale_betas_zero_snr: flag,
  prediction_type: oneOf(...readingNames, "trigflow"),
  timestep_spacing: oneOf(...spacingNames),
  steps_offset: whole(0, 1_000_000),
  clip_sample: flag,
  clip_sample_range: positive,
  clip_denoised: flag,
  thresholding: flag,
  dynamic_thresholding_ratio: share,
  sample_max_value: positive,
  set_alpha_to_one: flag,
  variance_type: oneOf("fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log", "learned", "learned_range"),
  final_sigmas_type: oneOf("zero", "sigma_min"),
  interpolation_type: oneOf("linear", "log_linear"),
  timestep_type: oneOf("discrete", "continuous"),
  use_karras_sigmas: flag,
  use_exponential_sigmas: flag,
  use_beta_sigmas: flag,
  use_lu_lambdas: flag,
  use_flow_sigmas: flag,
  flow_shift: positive,
  sigma_schedule: text,
  rho: positive,
  sigma_min: amount,
  sigma_max: positive,
  sigma_data: positive,
  s_noise: amount,
  s_churn: amount,
  s_min: amount,
  s_max: amount,
  solver_order: whole(1, 3),
  algorithm_type: text,
  solver_type: text,
  lower_order_final: flag,
  euler_at_final: flag,
  lambda_min_clipped: {
    accepts: (value) => typeof value === "number" && value < Infinity || value === "-inf" || value === "-Infinity",
    expected: `a number or "-Infinity"`,
  },
  predict_x0: flag,
  disable_corrector: list(whole(0, 1_000_000), 0),
  solver_p: { accepts: () => false, expected: "null: UniPC predicts by itself here" },
  predictor_order: whole(1, 4),
  corrector_order: whole(0, 4),
  tau_func: { accepts: (value) => typeof value === "function", expected: "a function of the time" },
  skip_prk_steps: flag,
  noise_sampler_seed: whole(0, Number.MAX_SAFE_INTEGER),
  original_inference_steps: whole(1, 1_000_000),
  timestep_scaling: positive,
  snr_shift_scale: positive,
  eta: amount,
  cfg_plus_plus: flag,
  shift: positive,
  use_dynamic_shifting: flag,
  time_shift_type: oneOf("exponential", "linear"),
  base_shift: real,
  max_shift: real,
  base_image_seq_len: whole(1, 1_000_000),
  max_image_seq_len: whole(1, 1_000_000),
  shift_terminal: share,
  invert_sigmas: flag,
  stochastic_sampling: flag,
  scale_factors: list(positive, 1),
  upscale_mode: text,
  snr: positive,
  correct_steps: whole(0, 1000),
  sampling_eps: positive,
  beta_min: amount,
  beta_max: positive,
  scaler: positive,
  s: amount,
};
