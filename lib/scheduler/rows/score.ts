import { read } from "../../prediction/read.ts";
import { predictorCorrector } from "../../sampler/predictor_corrector.ts";
import type { Step } from "../../schedule/grid.ts";
import { type Level, levelOf } from "../../schedule/level.ts";
import { linspace } from "../../schedule/noise_schedule.ts";
import { mix } from "../../tensor/mix.ts";
import type { Options } from "../options.ts";
import type { Row, Run } from "../row.ts";

/**
 * The variance-exploding equation of score models, with predictor and corrector: a step asks once to predict, after
 * `correct_steps` questions to correct, and says which in no other way. diffusers' pipeline tells the network σ of a level,
 * not its time.
 */
export const scoreSdeVe: Row = {
  name: "score_sde_ve",
  className: "ScoreSdeVeScheduler",
  title: "Score SDE, variance exploding",
  source: "Song et al. 2020, arXiv:2011.13456, algorithm 2",
  family: "score",
  options: {
    num_train_timesteps: 2000,
    snr: 0.15,
    sigma_min: 0.01,
    sigma_max: 1348,
    sampling_eps: 1e-5,
    correct_steps: 1,
  },
  refuse({ sigma_min, sigma_max, sampling_eps }) {
    return sampling_eps >= 1 ? beyond(sampling_eps) : !(sigma_min! > 0 && sigma_min! < sigma_max!) &&
      `found sigma_min = ${sigma_min} and sigma_max = ${sigma_max}, expected 0 < sigma_min < sigma_max`;
  },
  path: () => "variance_exploding",
  grid({ sampling_eps, sigma_min, sigma_max }, _, run) {
    const times = timesOf(run, sampling_eps);
    const last = times.length - 1;
    const level = (index: number, time: number): Level => {
      const sigma = index < 0 ? 0 : sigma_min! * (sigma_max! / sigma_min!) ** (index / Math.max(1, last));
      return levelOf(sigma, "variance_exploding", time);
    };
    return times.map((time, i) => {
      const index = Math.floor(Math.fround(time * last));
      return [level(index, time), level(index - 1, times[i + 1] ?? -1)];
    });
  },
  // The network says the score itself.
  read: (_, raw, question) => ({ ...read("epsilon", mix([-question.at.sigma, raw]), question), raw }),
  scalesInput: false,
  sampler(x, steps, { correct_steps: corrections, snr }, { noise }) {
    const predictor = ([from, to]: Step) => ({ grow: 1, variance: from.sigma ** 2 - to.sigma ** 2 });
    return predictorCorrector(x, steps, { predictor, corrections, snr, noise });
  },
  initNoiseSigma: ({ sigma_max }) => sigma_max!,
  page: {
    formula: "x ← x + e·s + √(2e)·z,  e = 2(r‖z‖/‖s‖)²;  x′ = x + (σ² − σ′²)·s + √(σ² − σ′²)·z,  s = −ε̂/σ",
    evaluations: 2,
    order: 1,
    advice: "For score models such as NCSN++, with a thousand steps or more; nothing else needs that many.",
  },
};

/** The variance-preserving equation of score models in continuous time, by the Euler–Maruyama method. */
export const scoreSdeVp: Row = {
  name: "score_sde_vp",
  className: "ScoreSdeVpScheduler",
  title: "Score SDE, variance preserving",
  source: "Song et al. 2020, arXiv:2011.13456, appendix B",
  family: "score_vp",
  options: { num_train_timesteps: 2000, beta_min: 0.1, beta_max: 20, sampling_eps: 1e-3 },
  refuse: ({ sampling_eps }) => sampling_eps >= 1 && beyond(sampling_eps),
  path: () => "variance_preserving",
  grid(options, _, run) {
    const times = timesOf(run, options.sampling_eps);
    // Each step is a part of the whole time as long as the others, which does not quite lead to the next time asked.
    return times.map((time, i) => [
      preserving(options, time),
      i === times.length - 1
        ? { time: time - 1 / times.length, alpha: 1, sigma: 0 }
        : preserving(options, time - 1 / times.length),
    ]);
  },
  reading: () => "epsilon",
  scalesInput: false,
  sampler(x, steps, options, { noise }) {
    const predictor = ([from, to]: Step) => {
      const variance = betaAt(options, from.time) * (from.time - to.time);
      return { grow: 1 + variance / 2, variance };
    };
    return predictorCorrector(x, steps, { predictor, noise });
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = (1 + v/2)·x − (v/σ)·ε̂ + √v·z,  v = β(t)·Δt",
    evaluations: 1,
    order: 1,
    advice: "For score models trained in continuous time, as the paper has it; DPM-Solver needs far fewer steps.",
  },
};

/** The times of a run, from 1 down, in single precision: it decides which σ a time belongs to. */
function timesOf({ count = 0 }: Run, end: number): number[] {
  if (Number.isSafeInteger(count) && count >= 1) return [...linspace(1, end, count)];
  throw new RangeError(`Cannot take ${count} steps: expected a whole number of 1 or more`);
}

const beyond = (end: number) => `found sampling_eps = ${end}, expected a number below 1`;

const betaAt = ({ beta_min, beta_max }: Options, time: number) => beta_min + time * (beta_max - beta_min);

function preserving(options: Options, time: number): Level {
  // In single precision as diffusers has it, which is much of σ at the end of the times.
  const signal = Math.fround(Math.exp(-time * (betaAt(options, time) + options.beta_min) / 2));
  return { time, alpha: Math.sqrt(signal), sigma: Math.sqrt(1 - signal) };
}
