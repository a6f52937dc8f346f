import { euler } from "../../sampler/euler.ts";
import { exponentialMultistep } from "../../sampler/exponential_multistep.ts";
import type { Noise } from "../../sampler/sampler.ts";
import type { Row } from "../row.ts";
import { strides } from "../strides.ts";
import { clipping, stableDiffusion, training } from "../training.ts";

/** DDIM with CogVideoX's schedule. */
export const cogVideoXDDIM: Row = {
  name: "cogvideox_ddim",
  className: "CogVideoXDDIMScheduler",
  title: "CogVideoX, DDIM",
  source: "Yang et al. 2024, arXiv:2408.06072",
  family: "diffusion",
  // diffusers' class lists clipping, and does not clip.
  options: {
    ...training,
    ...stableDiffusion,
    ...clipping,
    beta_schedule: "scaled_linear",
    set_alpha_to_one: true,
    steps_offset: 0,
    sample_max_value: 1,
    timestep_spacing: "leading",
    rescale_betas_zero_snr: false,
    snr_shift_scale: 3,
  },
  only: { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"] },
  path: () => "variance_preserving",
  grid: strides,
  scalesInput: false,
  sampler: (x, steps) => euler(x, steps),
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = σ′/σ·x + (α′ − ασ′/σ)·x̂₀",
    evaluations: 1,
    order: 1,
    advice: "For CogVideoX's 2B model, with 50 steps, trailing spacing and v.",
  },
};

/** Second-order SDE-DPM-Solver++ with CogVideoX's schedule. */
export const cogVideoXDPM: Row = {
  ...cogVideoXDDIM,
  name: "cogvideox_dpm",
  className: "CogVideoXDPMScheduler",
  title: "CogVideoX, DPM",
  source: "Lu et al. 2022, arXiv:2211.01095; Yang et al. 2024, arXiv:2408.06072",
  grid(options, schedule, run) {
    // Of first order where the last step of all ends, and next to a level without signal, which is infinitely far.
    const steps = strides(options, schedule, run);
    return steps.map(([from, to], i) => [from, to, { order: to.time < 0 || steps[i - 1]?.[0].alpha === 0 ? 1 : 2 }]);
  },
  sampler(x, steps, _, { noise }) {
    return exponentialMultistep(x, steps, { moments: () => [1 / 2], tau: () => 1, noise: drawnTwice(noise) });
  },
  page: {
    formula: "x′ = (σ′/σ)e^(−h)·x + α′(1 − e^(−2h))·(x̂₀ + (x̂₀ − x̂₁)/2r) + σ′√(1 − e^(−2h))·z,  r = h₁/h",
    evaluations: 1,
    order: 2,
    advice: "For CogVideoX's 5B model, with 50 steps, trailing spacing and v.",
  },
};

/** diffusers draws noise for a step of first order, too, before it takes one of second order, and throws it away. */
function drawnTwice(noise: Noise): Noise {
  let begun = false;
  return (shape, from, to) => {
    if (begun && to.time >= 0) noise(shape, from, to);
    begun = true;
    return noise(shape, from, to);
  };
}
