import { euler } from "../../sampler/euler.ts";
import { type Freshness, posterior, posteriorLarge } from "../../sampler/freshness.ts";
import { learned, learnedRange, learnedVariance } from "../../sampler/learned_variance.ts";
import { grid } from "../../schedule/grid.ts";
import { levelAt } from "../../schedule/level.ts";
import { spacedTimes } from "../../schedule/spacing.ts";
import type { Options } from "../options.ts";
import type { Row } from "../row.ts";
import { strideLevel, strideOf, strides, timesOf } from "../strides.ts";
import { clipping, thresholding, training } from "../training.ts";

/** The options that DDPM and DDIM have in common. */
const limited: Partial<Options> = {
  ...training,
  ...clipping,
  ...thresholding,
  timestep_spacing: "leading",
  steps_offset: 0,
  rescale_betas_zero_snr: false,
};

/** Denoising diffusion probabilistic models: the sampler that everything began with. */
export const ddpm: Row = {
  name: "ddpm",
  className: "DDPMScheduler",
  title: "DDPM",
  source: "Ho, Jain and Abbeel 2020, arXiv:2006.11239",
  family: "diffusion",
  options: {
    ...limited,
    variance_type: "fixed_small",
  },
  only: {
    beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid", "laplace"],
    // "fixed_large_log" is the logarithm of a variance where diffusers takes the root of it: NaN.
    variance_type: ["fixed_small", "fixed_small_log", "fixed_large", "learned", "learned_range"],
  },
  runs: ["timesteps"],
  path: () => "variance_preserving",
  grid: (options, schedule, run) => grid([...timesOf(options, run), -1].map((time) => levelAt(schedule, time))),
  clipsConsistently: true,
  scalesInput: false,
  sampler(x, steps, { variance_type }, { noise }) {
    switch (variance_type) {
      case "learned":
        return learnedVariance(x, steps, { noise, deviation: learned });
      case "learned_range":
        return learnedVariance(x, steps, { noise, deviation: learnedRange });
      default:
        return euler(x, steps, { noise, freshness: variance_type === "fixed_large" ? posteriorLarge : posterior(1) });
    }
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = α′·x̂₀ + √(σ′² − s²)·ε̂ + s·z,  s = σ′·√(1 − (σ′α/σα′)²)",
    evaluations: 1,
    order: 1,
    advice: "Many steps, for the faithful reverse of the training; with fewer than a hundred take another.",
  },
};

/** DDPM for several times of a run at once, by `batchStepNoNoise`. */
export const ddpmParallel: Row = {
  ...ddpm,
  name: "ddpm_parallel",
  className: "DDPMParallelScheduler",
  title: "DDPM, parallel",
  source: "Shih et al. 2023, arXiv:2305.16317",
  page: {
    ...ddpm.page,
    advice:
      "For machines that can ask the network about a whole run at once: guess it, then step all of it until it stays.",
  },
};

/** Denoising diffusion implicit models: the same networks, without fresh noise. */
export const ddim: Row = {
  name: "ddim",
  className: "DDIMScheduler",
  title: "DDIM",
  source: "Song, Meng and Ermon 2020, arXiv:2010.02502",
  family: "diffusion",
  options: {
    ...limited,
    set_alpha_to_one: true,
  },
  only: { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"] },
  given: { eta: 0 },
  path: () => "variance_preserving",
  grid: strides,
  clipsConsistently: false,
  scalesInput: false,
  sampler: (x, steps, _, { noise, given }) => euler(x, steps, { noise, freshness: posterior(given.eta!) }),
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = α′·x̂₀ + √(σ′² − s²)·ε̂ + s·z,  s = η·σ′·√(1 − (σ′α/σα′)²)",
    evaluations: 1,
    order: 1,
    advice: "The plain choice: deterministic at η = 0, invertible, and the yardstick of all others.",
  },
};

/** DDIM for several times of a run at once, by `batchStepNoNoise`. */
export const ddimParallel: Row = {
  ...ddim,
  name: "ddim_parallel",
  className: "DDIMParallelScheduler",
  title: "DDIM, parallel",
  source: "Shih et al. 2023, arXiv:2305.16317",
  page: { ...ddim.page, advice: ddpmParallel.page.advice },
};

/** DDIM backwards: from a picture to the noise that it would have come from. */
export const ddimInverse: Row = {
  ...ddim,
  name: "ddim_inverse",
  className: "DDIMInverseScheduler",
  title: "DDIM, inverse",
  source: "Song, Meng and Ermon 2020, arXiv:2010.02502, section 5.4",
  options: {
    ...training,
    ...clipping,
    timestep_spacing: "leading",
    steps_offset: 0,
    set_alpha_to_one: true,
    rescale_betas_zero_snr: false,
  },
  only: { ...ddim.only, timestep_spacing: ["leading", "trailing"] },
  given: {},
  refuse: ({ prediction_type, set_alpha_to_one }) =>
    prediction_type === "sample" && set_alpha_to_one &&
    `found prediction_type = "sample" at the clean start of set_alpha_to_one, expected epsilon or v_prediction there`,
  grid(options, schedule, run) {
    const times = timesOf(options, run).toReversed();
    const [level, stride] = [strideLevel(options, schedule), strideOf(options, times.length)];
    // The network is told the time that a step leads to.
    return times.map((time) => [{ ...level(time - stride), time }, level(time)]);
  },
  sampler: (x, steps) => euler(x, steps),
  page: {
    formula: "x′ = α′·x̂₀ + σ′·ε̂,  σ′ > σ",
    evaluations: 1,
    order: 1,
    advice: "To edit a real picture: find its noise with many steps, then go back with another prompt.",
  },
};

/** DDPM as the unCLIP model Karlo has it. */
export const unCLIP: Row = {
  ...ddpm,
  name: "unclip",
  className: "UnCLIPScheduler",
  title: "unCLIP",
  source: "Ramesh et al. 2022, arXiv:2204.06125",
  options: {
    ...clipping,
    num_train_timesteps: 1000,
    beta_schedule: "squaredcos_cap_v2",
    variance_type: "fixed_small_log",
    prediction_type: "epsilon",
  },
  only: {
    beta_schedule: ["squaredcos_cap_v2"],
    variance_type: ["fixed_small_log", "learned_range"],
    prediction_type: ["epsilon", "sample"],
  },
  runs: [],
  grid({ num_train_timesteps: trainSteps }, schedule, { count = 0 }) {
    const times = spacedTimes("linspace", count, { trainSteps });
    // In diffusers' single precision the last step does not quite leave the image as it is.
    const end = { time: -1, alpha: schedule.betas[0]! / (1 - schedule.alphasCumprod[0]!), sigma: 0 };
    return grid([...times.map((time) => levelAt(schedule, time)), end]);
  },
  sampler(x, steps, { variance_type }, { noise }) {
    return variance_type === "learned_range"
      ? learnedVariance(x, steps, { noise, deviation: learnedRange, freshness: posteriorRounded })
      : euler(x, steps, { noise, freshness: posteriorRounded });
  },
  page: { ...ddpm.page, advice: "For Karlo's networks; DDPM with linspace spacing does the same for others." },
};

/** DDPM's noise, of which diffusers' class keeps less where nearly no signal was left: by 1 − β in single precision. */
const posteriorRounded: Freshness = (step) => {
  const [from, to] = step;
  const { keep, fresh } = posterior(1)(step);
  const left = (from.alpha / to.alpha) ** 2;
  return { keep: keep * Math.sqrt((1 - Math.fround(1 - Math.fround(left))) / left), fresh };
};
