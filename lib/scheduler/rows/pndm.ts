import { plms } from "../../sampler/plms.ts";
import { grid, type Step } from "../../schedule/grid.ts";
import type { Row } from "../row.ts";
import { strideLevel, strideOf, timesOf, unitTimes } from "../strides.ts";
import { training } from "../training.ts";

/** Pseudo numerical methods: Adams and Bashforth's, with Runge and Kutta's to begin with. */
export const pndm: Row = {
  name: "pndm",
  className: "PNDMScheduler",
  title: "PNDM",
  source: "Liu et al. 2022, arXiv:2202.09778",
  family: "diffusion",
  options: {
    ...training,
    timestep_spacing: "leading",
    steps_offset: 0,
    skip_prk_steps: false,
    set_alpha_to_one: false,
  },
  only: {
    beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"],
    prediction_type: ["epsilon", "v_prediction"],
  },
  path: () => "variance_preserving",
  grid(options, schedule, run) {
    const times = timesOf(options, run);
    const [level, stride] = [strideLevel(options, schedule), strideOf(options, times.length)];
    // Three steps of Runge and Kutta's, by halves, or one of Heun's. diffusers cannot have less than four with the former.
    const [begins, order, part] = options.skip_prk_steps ? [1, 2, stride] : [3, 4, Math.floor(stride / 2)];
    return times.map((time, i): Step => {
      const next = times[i + 1];
      if (next === undefined || i >= begins) return [level(time), level(time - stride)];
      return [level(time), level(next), { order, via: [level(time - part), level(next + part)] }];
    });
  },
  scalesInput: false,
  sampler: (x, steps, _, { read }) => plms(x, steps, { read }),
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = α′/α·x + (σ′ − σα′/α)·(55ε̂₀ − 59ε̂₁ + 37ε̂₂ − 9ε̂₃)/24",
    evaluations: 1,
    order: 2,
    advice:
      "Stable Diffusion's first choice, there without its Runge–Kutta start: smooth pictures with 30 to 50 steps.",
  },
};

/** Improved pseudo numerical methods: Adams and Bashforth's from the first step on, with its own cosine schedule. */
export const ipndm: Row = {
  name: "ipndm",
  className: "IPNDMScheduler",
  title: "iPNDM",
  source: "Zhang and Chen 2022, arXiv:2204.13902",
  family: "cosine",
  options: { num_train_timesteps: 1000, trained_betas: null },
  path: () => "variance_preserving",
  grid({ trained_betas }, _, { count = 0 }) {
    const sigmas = trained_betas ?? unitTimes(count).map((part) => Math.sin(part * Math.PI / 2) ** 2);
    return grid(sigmas.map((sigma) => {
      const alpha = Math.sqrt(1 - sigma ** 2);
      return { time: Math.atan2(sigma, alpha) * 2 / Math.PI, alpha, sigma };
    }));
  },
  reading: () => "v_prediction",
  scalesInput: false,
  sampler: (x, steps) => plms(x, steps),
  initNoiseSigma: () => 1,
  page: {
    ...pndm.page,
    advice: "For networks of sound and others that are told times from 1 to 0; no extra questions at the start.",
  },
};
