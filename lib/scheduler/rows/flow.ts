import { read } from "../../prediction/read.ts";
import { churn } from "../../sampler/churn.ts";
import { euler } from "../../sampler/euler.ts";
import { flowHeun } from "../../sampler/flow_heun.ts";
import { anew, type Freshness } from "../../sampler/freshness.ts";
import { grid, type Step } from "../../schedule/grid.ts";
import { type Level, levelOf } from "../../schedule/level.ts";
import { linspace } from "../../schedule/noise_schedule.ts";
import { shiftSigma } from "../../schedule/shift.ts";
import { mix } from "../../tensor/mix.ts";
import { checkSigmas, evenSigmas, flowing, flowLevels, refuseFlow } from "../flow_levels.ts";
import type { Row } from "../row.ts";

/**
 * Euler's method along a rectified flow, shifted for the size of the picture. A level is one for the whole sample: diffusers'
 * `per_token_timesteps`, a level a token, are not taken.
 */
export const flowMatchEulerDiscrete: Row = {
  name: "flow_match_euler",
  className: "FlowMatchEulerDiscreteScheduler",
  title: "Flow matching, Euler",
  source: "Esser et al. 2024, arXiv:2403.03206",
  family: "flow",
  options: { ...flowing, invert_sigmas: false, stochastic_sampling: false },
  runs: ["timesteps", "sigmas", "mu"],
  refuse: refuseFlow,
  path: () => "rectified_flow",
  grid: (options, _, run) => grid(flowLevels(options, run)),
  reading: () => "flow_prediction",
  scalesInput: false,
  sampler(x, steps, { stochastic_sampling }, { noise }) {
    return euler(x, steps, stochastic_sampling ? { noise, freshness: anew } : {});
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = x + (σ′ − σ)·v",
    evaluations: 1,
    order: 1,
    advice: "For Stable Diffusion 3, Flux and their like: 20 to 30 steps, four for networks distilled to be fast.",
  },
};

/** Heun's method along a rectified flow. */
export const flowMatchHeunDiscrete: Row = {
  ...flowMatchEulerDiscrete,
  name: "flow_match_heun",
  className: "FlowMatchHeunDiscreteScheduler",
  title: "Flow matching, Heun",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2; Esser et al. 2024, arXiv:2403.03206",
  options: { num_train_timesteps: 1000, shift: 1 },
  runs: [],
  given: { sChurn: 0, sTmin: 0, sTmax: Infinity, sNoise: 1 },
  sampler(x, steps, _, { noise, given: { sChurn, sTmin, sTmax, sNoise } }) {
    // A churn's limits are those of σ/α.
    const ratio = (sigma: number) => sigma < 1 ? sigma / (1 - sigma) : Infinity;
    const limits = { min: ratio(sTmin!), max: ratio(sTmax!) };
    return flowHeun(x, steps, { noise, churn: churn({ amount: sChurn!, scale: sNoise!, ...limits }) });
  },
  page: {
    formula: "x′ = x + (σ′ − σ)·½(v + v′)",
    evaluations: 2,
    order: 2,
    advice: "Ten steps where Euler needs more than twenty; the last of them has one evaluation.",
  },
};

/** Latent consistency along a rectified flow: all noise is drawn anew at each step. */
export const flowMatchLCM: Row = {
  ...flowMatchEulerDiscrete,
  name: "flow_match_lcm",
  className: "FlowMatchLCMScheduler",
  title: "Flow matching, LCM",
  source: "Luo et al. 2023, arXiv:2310.04378; Starodubcev et al. 2025, arXiv:2503.16397",
  options: { ...flowing, invert_sigmas: false, scale_factors: null, upscale_mode: "bicubic" },
  refuse(options) {
    // Samplers keep the size of a sample; to enlarge it between steps is for a pipeline, which has a resampler.
    return options.scale_factors
      ? `found scale_factors = ${JSON.stringify(options.scale_factors)}, expected null: a sample keeps its size here`
      : refuseFlow(options);
  },
  sampler: (x, steps, _, { noise }) => euler(x, steps, { noise, freshness: anew }),
  page: {
    formula: "x′ = (1 − σ′)·x̂₀ + σ′·z",
    evaluations: 1,
    order: 1,
    advice: "For flows distilled to see the end at once: two to eight steps.",
  },
};

/** Euler's method along a rectified flow with fresh noise. Of a run's `sigmas` the last is where it ends, most often 0. */
export const ltxEulerAncestralRF: Row = {
  ...flowMatchEulerDiscrete,
  name: "ltx_euler_ancestral",
  className: "LTXEulerAncestralRFScheduler",
  title: "Flow matching, Euler ancestral",
  source: "HaCohen et al. 2024, arXiv:2501.00103",
  // diffusers lays the levels out by its Euler for flows, which reads its options in this class's config. Only inverted σ
  // end in NaN, and are not known here.
  options: { ...flowing, eta: 1, s_noise: 1 },
  runs: ["sigmas", "mu"],
  grid(options, _, run) {
    if (run.sigmas === undefined) return grid(flowLevels(options, run));
    const levelAt = (sigma: number) => levelOf(sigma, "rectified_flow", sigma * options.num_train_timesteps);
    return grid(checkSigmas(run.sigmas).map(levelAt));
  },
  sampler(x, steps, { eta, s_noise }, { noise }) {
    const lower = ([from, to]: Step) => to.sigma * (1 + (to.sigma / from.sigma - 1) * eta);
    if (s_noise === 0) {
      // diffusers then leaves the sample where its noise should have been added.
      return euler(x, steps.map((step) => [step[0], { ...step[1], alpha: 1 - lower(step), sigma: lower(step) }]));
    }
    const freshness: Freshness = (step) => {
      const { alpha, sigma } = step[1];
      const keep = alpha === 0 ? 0 : lower(step) * alpha / (1 - lower(step));
      return { keep, fresh: s_noise * Math.sqrt(Math.max(0, sigma ** 2 - keep ** 2)) };
    };
    return euler(x, steps, { noise, freshness });
  },
  page: {
    formula: "x′ = α′·x̂₀ + k·ε̂ + √(σ′² − k²)·z,  k = sα′/(1 − s),  s = σ′·(1 + η(σ′/σ − 1))",
    evaluations: 1,
    order: 1,
    advice: "For LTX-Video: fresh noise mends what went wrong, as with Euler ancestral, at the price of more steps.",
  },
};

/**
 * Jumps along a flow map, whose network knows where the step ends and says the mean velocity until there: it wants the next
 * time besides its own. diffusers' `r_timestep` is the grid's next level.
 */
export const flowMapEulerDiscrete: Row = {
  ...flowMatchEulerDiscrete,
  name: "flow_map_euler",
  className: "FlowMapEulerDiscreteScheduler",
  title: "Flow map",
  source: "Boffi, Albergo and Vanden-Eijnden 2024, arXiv:2406.07507",
  options: { num_train_timesteps: 1000, shift: 1 },
  runs: ["timesteps", "sigmas"],
  grid({ num_train_timesteps: trainSteps, shift }, _, { count = 0, sigmas, timesteps }) {
    const even = () => evenSigmas(count + 1, 0).slice(0, -1);
    const asked = checkSigmas(sigmas ?? timesteps?.map((time) => time / trainSteps) ?? even());
    const level = (sigma: number) => levelOf(sigma, "rectified_flow", sigma * trainSteps);
    return grid([...asked.map((sigma) => level(shiftSigma(sigma, shift))), level(0)]);
  },
  sampler: (x, steps) => euler(x, steps),
  page: {
    formula: "x′ = x + (σ′ − σ)·u,  u the mean velocity from σ to σ′",
    evaluations: 1,
    order: 1,
    advice: "For networks that are told both ends of a step: any number of steps, one among them.",
  },
};

/**
 * MiniMax-H3's flow. The network is told α, the time from 0 to 1, and says the velocity toward the image. Of a run's `sigmas`
 * the last is 0, and a count is that of the levels, the end among them.
 */
export const miniMaxH3: Row = {
  ...flowMatchEulerDiscrete,
  name: "minimax_h3",
  className: "MiniMaxH3Scheduler",
  title: "Flow matching, MiniMax-H3",
  options: { shift: 12 },
  runs: ["sigmas"],
  grid({ shift }, _, { count = 0, sigmas }) {
    if (sigmas && (sigmas.at(-1) !== 0 || sigmas.length < 2)) {
      throw new RangeError(`Cannot go along a flow at σ ${sigmas.join(", ")}: expected two or more, the last 0`);
    }
    // A count of 1, which diffusers refuses, takes the one step that there is.
    const asked = sigmas ?? Array.from(linspace(1, 0, count === 1 ? 2 : count), (sigma) => {
      // Rounding by rounding as torch has it, which is much of 1 − σ.
      return Math.fround(Math.fround(shift * sigma) / Math.fround(1 + Math.fround((shift - 1) * sigma)));
    });
    const level = (sigma: number): Level => levelOf(sigma, "rectified_flow", 1 - Math.fround(sigma));
    return grid(checkSigmas(asked).map(level));
  },
  read: (_, raw, question) => ({ ...read("flow_prediction", mix([-1, raw]), question), raw }),
  sampler: (x, steps) => euler(x, steps),
};
