import { brownianNoise } from "../../sampler/brownian_noise.ts";
import { churn, lateChurn } from "../../sampler/churn.ts";
import { euler } from "../../sampler/euler.ts";
import { posterior } from "../../sampler/freshness.ts";
import { heun } from "../../sampler/heun.ts";
import { linearMultistep } from "../../sampler/linear_multistep.ts";
import { midpoint } from "../../sampler/midpoint.ts";
import type { Noise } from "../../sampler/sampler.ts";
import { grid, type Step } from "../../schedule/grid.ts";
import { type Level, levelOf, timeAt } from "../../schedule/level.ts";
import type { NoiseSchedule } from "../../schedule/noise_schedule.ts";
import { mix } from "../../tensor/mix.ts";
import type { Options } from "../options.ts";
import type { Row } from "../row.ts";
import { refuseSigmas, type SigmaForm, sigmaLevels, tracedTerminal } from "../sigma_levels.ts";
import { stableDiffusion, training } from "../training.ts";

const spaced: Partial<Options> = { timestep_spacing: "linspace", steps_offset: 0, sigma_schedule: null };

const spacings: Partial<Options> = {
  use_karras_sigmas: false,
  use_exponential_sigmas: false,
  use_beta_sigmas: false,
};

const schedules: Row["only"] = { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"] };
const saysNoImage: Row["only"] = { prediction_type: ["epsilon", "v_prediction"] };

const form: SigmaForm = { path: "variance_exploding" };

/** What all classes of this family have in common. */
const shared = {
  family: "diffusion",
  refuse: refuseSigmas,
  path: () => "variance_exploding",
  grid: (options, schedule, run) => grid(sigmaLevels(options, schedule, run, form)),
  scalesInput: true,
  initNoiseSigma: ({ timestep_spacing }, { alpha, sigma }) =>
    timestep_spacing === "leading" ? Math.hypot(alpha, sigma) : sigma,
} satisfies Partial<Row>;

/** Euler's method. */
export const eulerDiscrete: Row = {
  ...shared,
  name: "euler",
  className: "EulerDiscreteScheduler",
  title: "Euler",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2",
  options: {
    ...training,
    ...spaced,
    ...spacings,
    interpolation_type: "linear",
    sigma_min: null,
    sigma_max: null,
    timestep_type: "discrete",
    rescale_betas_zero_snr: false,
    final_sigmas_type: "zero",
  },
  only: schedules,
  runs: ["timesteps", "sigmas"],
  given: { sChurn: 0, sTmin: 0, sTmax: Infinity, sNoise: 1 },
  schedule: tracedTerminal,
  sampler(x, steps, { prediction_type, interpolation_type }, { noise, read, given }) {
    const { sChurn: amount = 0, sTmin: min = 0, sTmax: max = Infinity, sNoise: scale = 1 } = given;
    if (amount === 0) return euler(x, steps);
    return lateChurn(x, steps, {
      churn: churn({ amount, min, max, scale }),
      noise,
      // diffusers reads a velocity as if no noise had been added, and counts the σ that log_linear has too many.
      read: (raw, { x, at }, asked) => read(raw, { x, at: prediction_type === "v_prediction" ? asked : at }),
      count: steps.length + (interpolation_type === "log_linear" ? 1 : 0),
    });
  },
  page: {
    formula: "x′ = x̂₀ + σ′·ε̂",
    evaluations: 1,
    order: 1,
    advice: "Fast and plain; with 20 to 30 steps a good first look at any model.",
  },
};

/** Euler's method with as much fresh noise at each step as DDPM's. */
export const eulerAncestralDiscrete: Row = {
  ...shared,
  name: "euler_ancestral",
  className: "EulerAncestralDiscreteScheduler",
  title: "Euler ancestral",
  source: "Song et al. 2021, arXiv:2011.13456, ancestral sampling, as in Katherine Crowson's k-diffusion",
  options: { ...training, ...spaced, rescale_betas_zero_snr: false },
  only: { ...schedules, ...saysNoImage },
  schedule: tracedTerminal,
  sampler: (x, steps, _, { noise }) => euler(x, steps, { noise, freshness: posterior(1) }),
  page: {
    formula: "x′ = x̂₀ + (σ′²/σ)·ε̂ + s·z,  s = σ′·√(1 − (σ′/σ)²)",
    evaluations: 1,
    order: 1,
    advice: "Livelier pictures that never settle: another number of steps is another picture. 20 to 40 steps.",
  },
};

/** Linear multistep: the noise as a polynomial through the last predictions. */
export const lmsDiscrete: Row = {
  ...shared,
  name: "lms",
  className: "LMSDiscreteScheduler",
  title: "LMS",
  source: "Hairer, Nørsett and Wanner 1993, Solving Ordinary Differential Equations I, section III.5",
  options: { ...training, ...spaced, ...spacings },
  only: schedules,
  given: { order: 4 },
  sampler: (x, steps, _, { given: { order = 4 } }) => linearMultistep(x, steps, { order }),
  page: {
    formula: "x′ = x + Σᵢ ε̂₋ᵢ·∫ ℓᵢ(σ) dσ  from σ to σ′, ℓᵢ Lagrange's polynomials",
    evaluations: 1,
    order: 4,
    advice: "High order for one question a step; give it 30 steps or more, with fewer it overshoots.",
  },
};

/** Heun's method: the mean of the noises at both ends of a step. */
export const heunDiscrete: Row = {
  ...shared,
  name: "heun",
  className: "HeunDiscreteScheduler",
  title: "Heun",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 1",
  options: {
    ...training,
    ...stableDiffusion,
    ...spaced,
    ...spacings,
    clip_sample: false,
    clip_sample_range: 1,
  },
  only: { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2", "exp"] },
  runs: ["timesteps"],
  clipsConsistently: true,
  sampler: (x, steps) => heun(x, steps),
  page: {
    formula: "x′ = x + (σ′ − σ)·½(ε̂ + ε̂′)",
    evaluations: 2,
    order: 2,
    advice: "Two questions a step, and few steps: with Karras' spacing a yardstick of quality at 15 to 20.",
  },
};

/** Steps with a middle, even in ln σ between their beginning and what σ they keep of their noise. */
function halved(levels: readonly Level[], schedule: NoiseSchedule, freshness = posterior(0)): Step[] {
  return grid(levels).map(([from, to]) => {
    const sigma = Math.sqrt(from.sigma * freshness([from, to]).keep);
    const middle = levelOf(sigma, "variance_exploding", timeAt(schedule, sigma));
    return sigma === 0 ? [from, to] : [from, to, { via: [middle, middle] }];
  });
}

/** What the classes that ask in the middle of a step have in common. */
const twoStaged = {
  ...shared,
  options: { ...training, ...stableDiffusion, ...spaced, ...spacings },
  only: { ...schedules, ...saysNoImage },
} satisfies Partial<Row>;

const rounded: SigmaForm = { ...form, rounds: true };

/** DPM-Solver-2 on σ. */
export const kdpm2Discrete: Row = {
  ...twoStaged,
  name: "kdpm2",
  className: "KDPM2DiscreteScheduler",
  title: "DPM2",
  source: "Lu et al. 2022, arXiv:2206.00927, algorithm 1; Karras et al. 2022, arXiv:2206.00364",
  grid: (options, schedule, run) => halved(sigmaLevels(options, schedule, run, rounded), schedule),
  sampler: (x, steps) => midpoint(x, steps),
  page: {
    formula: "x′ = x + (σ′ − σ)·ε̂ₘ,  ε̂ₘ asked at σₘ = √(σσ′)",
    evaluations: 2,
    order: 2,
    advice: "Like Heun's, with its second question in the middle: steadier where a step is long.",
  },
};

/** DPM-Solver-2 on σ, with fresh noise at the end of each step. */
export const kdpm2AncestralDiscrete: Row = {
  ...twoStaged,
  name: "kdpm2_ancestral",
  className: "KDPM2AncestralDiscreteScheduler",
  title: "DPM2 ancestral",
  source: "Lu et al. 2022, arXiv:2206.00927, algorithm 1; Karras et al. 2022, arXiv:2206.00364",
  // The middle is σ′ itself. diffusers finds it in single precision, as a small difference of large numbers, and where a step
  // is long misses it, or ends in NaN.
  grid: (options, schedule, run) => halved(sigmaLevels(options, schedule, run, rounded), schedule, posterior(1)),
  sampler: (x, steps, _, { noise }) => midpoint(x, steps, { noise, freshness: posterior(1) }),
  page: {
    formula: "x′ = x + (σ′²/σ − σ)·ε̂ₘ + s·z,  ε̂ₘ asked at σₘ = σ′,  s = σ′·√(1 − (σ′/σ)²)",
    evaluations: 2,
    order: 2,
    advice: "Ancestral noise on a better solver: detail at 20 to 30 steps, at twice Euler ancestral's price.",
  },
};

/** A Brownian path over the σ of a run, begun when it is first needed: a run of one step needs none. */
function pathAlong(steps: readonly Step[], seed: number): Noise {
  const sigmas = steps.map(([from]) => from.sigma);
  let path: Noise | undefined;
  return (...interval) => {
    path ??= brownianNoise(seed, { min: Math.min(...sigmas), max: Math.max(...sigmas) });
    return path(...interval);
  };
}

/** DPM-Solver++ as an SDE: fresh noise on the way to the middle of a step and to its end. */
export const dpmSolverSde: Row = {
  ...twoStaged,
  name: "dpm_sde",
  className: "DPMSolverSDEScheduler",
  title: "DPM-Solver++ SDE",
  source: "Lu et al. 2022, arXiv:2211.01095, as in Katherine Crowson's k-diffusion",
  options: { ...twoStaged.options, noise_sampler_seed: null },
  given: { sNoise: 1 },
  grid: (options, schedule, run) => halved(sigmaLevels(options, schedule, run, form), schedule),
  sampler(x, steps, { noise_sampler_seed: seed }, { noise, given: { sNoise = 1 } }) {
    const source = seed === null ? noise : pathAlong(steps, seed);
    const louder: Noise = (...interval) => mix([sNoise, source(...interval)]);
    return midpoint(x, steps, { predicts: "image", freshness: posterior(1), stirsMiddle: true, noise: louder });
  },
  page: {
    formula: "x′ = x̂ₘ + (σ′²/σ²)·(x − x̂ₘ) + s·z,  x̂ₘ asked at σₘ = √(σσ′),  s = σ′·√(1 − (σ′/σ)²)",
    evaluations: 2,
    order: 2,
    advice:
      "Rich detail at 10 to 20 steps with Karras' spacing; with `noise_sampler_seed` its noise is a Brownian path.",
  },
};
