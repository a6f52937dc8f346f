import { type Level, levelAt, type Path } from "../schedule/level.ts";
import { grid, type Step } from "../schedule/grid.ts";
import type { NoiseSchedule } from "../schedule/noise_schedule.ts";
import { spacedTimes, type Spacing } from "../schedule/spacing.ts";
import { euler, type EulerOptions } from "../sampler/euler.ts";
import { type Freshness, posterior, posteriorLarge } from "../sampler/freshness.ts";
import type { Sampler } from "../sampler/sampler.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Options } from "./config.ts";

/** A scheduler, said in parts: a path, a grid of steps, a sampler and how much noise it draws anew. */
export type Row = {
  /** The short name, as command line and endpoint take it. */
  readonly name: string;
  /** The class of diffusers that does the same. */
  readonly className: string;
  /** The name to show to people. */
  readonly title: string;
  /** The paper that the method comes from. */
  readonly source: string;
  /** The options that it reads, with diffusers' defaults. */
  readonly options: Partial<Options>;
  /** How α and σ move. */
  readonly path: Path;
  /** The steps of a run of `count` steps. */
  readonly grid: (options: Options, schedule: NoiseSchedule, count: number) => Step[];
  /** Whether a clipped image changes the noise, too; absent where images are never clipped. */
  readonly clipsConsistently?: boolean;
  /** The sampler that walks the steps. */
  readonly sampler: (x: Tensor, steps: readonly Step[], options: EulerOptions) => Sampler;
  /** How much noise is drawn anew. */
  readonly freshness: (options: Options, eta: number) => Freshness;
  /** The η of a run that names none; absent where η has no meaning. */
  readonly eta?: number;
  /** The standard deviation of the noise that a run starts from. */
  readonly initNoiseSigma: (options: Options, first: Level) => number;
};

const training: Partial<Options> = {
  num_train_timesteps: 1000,
  beta_schedule: "linear",
  beta_start: 0.0001,
  beta_end: 0.02,
  trained_betas: null,
  prediction_type: "epsilon",
  steps_offset: 0,
  rescale_betas_zero_snr: false,
};

const clipping: Partial<Options> = { clip_sample: true, clip_sample_range: 1, thresholding: false };

/**
 * Every scheduler, each a row of the parts that it is made of. Nothing else in the library knows their names.
 *
 * @example
 * ```ts
 * import { catalogue } from "@unnoise/lib";
 *
 * console.assert(catalogue.some(({ name, className }) => name === "ddim" && className === "DDIMScheduler"));
 * ```
 */
export const catalogue: readonly Row[] = [
  {
    name: "ddpm",
    className: "DDPMScheduler",
    title: "DDPM",
    source: "Ho, Jain and Abbeel 2020, arXiv:2006.11239",
    options: { ...training, ...clipping, timestep_spacing: "leading", variance_type: "fixed_small" },
    path: "variance_preserving",
    grid(options, schedule, count) {
      const times = timesOf(options, count);
      return grid([...times, -1].map((time) => levelAt(schedule, time)));
    },
    clipsConsistently: true,
    sampler: euler,
    freshness: ({ variance_type }) => variance_type === "fixed_large" ? posteriorLarge : posterior(1),
    initNoiseSigma: () => 1,
  },
  {
    name: "ddim",
    className: "DDIMScheduler",
    title: "DDIM",
    source: "Song, Meng and Ermon 2020, arXiv:2010.02502",
    options: { ...training, ...clipping, timestep_spacing: "leading", set_alpha_to_one: true },
    path: "variance_preserving",
    grid(options, schedule, count) {
      const end = options.set_alpha_to_one ? levelAt(schedule, -1) : { ...levelAt(schedule, 0), time: -1 };
      // diffusers goes down by a fixed stride, which misses the next time asked by one where the division leaves a rest.
      const stride = Math.floor(options.num_train_timesteps / count);
      return timesOf(options, count).map((time) => [
        levelAt(schedule, time),
        time < stride ? end : levelAt(schedule, time - stride),
      ]);
    },
    clipsConsistently: false,
    sampler: euler,
    freshness: (_, eta) => posterior(eta),
    eta: 0,
    initNoiseSigma: () => 1,
  },
  {
    name: "euler",
    className: "EulerDiscreteScheduler",
    title: "Euler",
    source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2",
    options: {
      ...training,
      timestep_spacing: "linspace",
      interpolation_type: "linear",
      timestep_type: "discrete",
      final_sigmas_type: "zero",
      use_karras_sigmas: false,
      use_exponential_sigmas: false,
      use_beta_sigmas: false,
    },
    path: "variance_exploding",
    grid(options, schedule, count) {
      const levels = timesOf(options, count, false).map((time) => levelAt(schedule, time, "variance_exploding"));
      const lowest = levelAt(schedule, options.final_sigmas_type === "zero" ? -1 : 0, "variance_exploding");
      return grid([...levels, { ...lowest, time: -1 }]);
    },
    sampler: euler,
    freshness: () => posterior(0),
    initNoiseSigma: ({ timestep_spacing }, { alpha, sigma }) => {
      return timestep_spacing === "leading" ? Math.hypot(alpha, sigma) : sigma;
    },
  },
];

function timesOf(options: Options, count: number, whole = true): number[] {
  const { timestep_spacing, num_train_timesteps: trainSteps, steps_offset: offset } = options;
  return spacedTimes(timestep_spacing satisfies Spacing, count, { trainSteps, offset, whole });
}
