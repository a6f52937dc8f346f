import { euler } from "../../sampler/euler.ts";
import { posterior, posteriorLarge } from "../../sampler/freshness.ts";
import { grid } from "../../schedule/grid.ts";
import { levelAt } from "../../schedule/level.ts";
import { spacedTimes } from "../../schedule/spacing.ts";
import type { Options } from "../options.ts";
import type { Row, Run } from "../row.ts";
import { clipping, thresholding, training } from "../training.ts";

/** Denoising diffusion probabilistic models: the sampler that everything began with. */
export const ddpm: Row = {
  name: "ddpm",
  className: "DDPMScheduler",
  title: "DDPM",
  source: "Ho, Jain and Abbeel 2020, arXiv:2006.11239",
  family: "diffusion",
  options: {
    ...training,
    ...clipping,
    ...thresholding,
    timestep_spacing: "leading",
    steps_offset: 0,
    variance_type: "fixed_small",
    rescale_betas_zero_snr: false,
  },
  path: () => "variance_preserving",
  grid: (options, schedule, run) => grid([...timesOf(options, run), -1].map((time) => levelAt(schedule, time))),
  clipsConsistently: true,
  scalesInput: false,
  sampler(x, steps, { variance_type }, { noise }) {
    return euler(x, steps, { noise, freshness: variance_type === "fixed_large" ? posteriorLarge : posterior(1) });
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = α′·x̂₀ + √(σ′² − s²)·ε̂ + s·z,  s = σ′·√(1 − (σ′α/σα′)²)",
    evaluations: 1,
    order: 1,
    advice: "Many steps, for the faithful reverse of the training; with fewer than a hundred take another.",
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
    ...training,
    ...clipping,
    ...thresholding,
    timestep_spacing: "leading",
    steps_offset: 0,
    set_alpha_to_one: true,
    rescale_betas_zero_snr: false,
  },
  given: { eta: 0 },
  path: () => "variance_preserving",
  grid(options, schedule, run) {
    const end = options.set_alpha_to_one ? levelAt(schedule, -1) : { ...levelAt(schedule, 0), time: -1 };
    const times = timesOf(options, run);
    // diffusers goes down by a fixed stride, which misses the next time asked by one where the division leaves a rest.
    const stride = Math.floor(options.num_train_timesteps / times.length);
    return times.map((time) => [
      levelAt(schedule, time),
      time < stride ? end : levelAt(schedule, time - stride),
    ]);
  },
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

/** The times of a run, as asked or as spaced. */
function timesOf(options: Options, { timesteps, count = 0 }: Run, whole = true): readonly number[] {
  const { timestep_spacing, num_train_timesteps: trainSteps, steps_offset: offset = 0 } = options;
  return timesteps ?? spacedTimes(timestep_spacing, count, { trainSteps, offset, whole });
}
