import { read } from "../../prediction/read.ts";
import { consistency } from "../../sampler/consistency.ts";
import { euler } from "../../sampler/euler.ts";
import { anew, type Freshness } from "../../sampler/freshness.ts";
import { grid } from "../../schedule/grid.ts";
import { type Level, levelAt, levelOf } from "../../schedule/level.ts";
import type { NoiseSchedule } from "../../schedule/noise_schedule.ts";
import { karras } from "../../schedule/sigmas.ts";
import { mix } from "../../tensor/mix.ts";
import type { Options } from "../options.ts";
import type { Row, Run } from "../row.ts";
import { clipping, stableDiffusion, thresholding, training } from "../training.ts";

/**
 * What LCM and TCD have in common. diffusers' classes list `set_alpha_to_one`, `steps_offset` and `timestep_spacing`, and heed
 * none of them.
 */
const distilled = {
  family: "diffusion",
  usualSteps: 4,
  options: {
    ...training,
    ...stableDiffusion,
    ...clipping,
    ...thresholding,
    beta_schedule: "scaled_linear",
    original_inference_steps: 50,
    clip_sample: false,
    set_alpha_to_one: true,
    steps_offset: 0,
    timestep_spacing: "leading",
    timestep_scaling: 10,
    rescale_betas_zero_snr: false,
  },
  only: { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"] },
  runs: ["timesteps", "originalInferenceSteps", "strength"],
  refuse({ prediction_type, rescale_betas_zero_snr }) {
    return rescale_betas_zero_snr && prediction_type === "epsilon" &&
      `found prediction_type = "epsilon" with a last time that holds no signal, expected v_prediction or sample`;
  },
  path: () => "variance_preserving",
  scalesInput: false,
  initNoiseSigma: () => 1,
} satisfies Partial<Row>;

/** Latent consistency models: pictures of one to eight steps, from networks distilled to see the end at once. */
export const lcm: Row = {
  ...distilled,
  name: "lcm",
  className: "LCMScheduler",
  title: "LCM",
  source: "Luo et al. 2023, arXiv:2310.04378",
  grid(options, schedule, run) {
    const original = run.originalInferenceSteps ?? options.original_inference_steps;
    const times = distilledTimes(options, run, everyNth(options, original, run.strength));
    const levels = times.map((time) => levelAt(schedule, time));
    // diffusers counts the steps that `strength` cuts from a list of times, and so takes its last step for one between.
    const cut = times.length < (run.timesteps?.length ?? 0);
    return grid([...levels, cut ? { ...levels.at(-1)! } : levelAt(schedule, -1)]);
  },
  clipsConsistently: false,
  sampler(x, steps, { timestep_scaling }, { noise }) {
    return consistency(x, steps, {
      noise,
      boundary({ time }) {
        const scaled = time * timestep_scaling;
        const length = Math.hypot(scaled, 0.5);
        return { skip: (0.5 / length) ** 2, out: scaled / length };
      },
    });
  },
  page: {
    formula: "x′ = α′·(c₁·x + c₂·x̂₀) + σ′·z,  c₁ = ¼/(s²t² + ¼),  c₂ = st/√(s²t² + ¼)",
    evaluations: 1,
    order: 1,
    advice: "For networks distilled with it, LCM-LoRA among them: four to eight steps, guidance of 1 to 2.",
  },
};

/**
 * Trajectory consistency distillation: between LCM, all of whose noise is fresh (γ = 1), and DDIM (γ = 0). Like diffusers'
 * class it lists clipping and thresholding, and does neither.
 */
export const tcd: Row = {
  ...distilled,
  name: "tcd",
  className: "TCDScheduler",
  title: "TCD",
  source: "Zheng et al. 2024, arXiv:2402.19159",
  given: { eta: 0.3 },
  grid(options, schedule, run) {
    // In diffusers any number of original steps that a run names means all times of the training.
    const { originalInferenceSteps, strength } = run;
    const original = originalInferenceSteps === undefined
      ? options.original_inference_steps
      : options.num_train_timesteps;
    const times = distilledTimes(options, run, everyNth(options, original, strength));
    return grid([...times.map((time) => levelAt(schedule, time)), levelAt(schedule, 0)]);
  },
  sampler(x, steps, _, { noise, schedule, given }) {
    return euler(x, steps, { noise, freshness: backAndForth(schedule, given.eta!) });
  },
  page: {
    formula: "x′ = α′·x̂₀ + (α′σₛ/αₛ)·ε̂ + √(1 − (α′/αₛ)²)·z,  s = ⌊(1 − γ)t′⌋",
    evaluations: 1,
    order: 1,
    advice: "For networks distilled with it: four steps; more steps with a larger γ (`eta`) give more detail.",
  },
};

/** Consistency models: one network call maps any noise level to a picture. A run's `timesteps` count levels of the training. */
export const cmStochasticIterative: Row = {
  name: "consistency",
  className: "CMStochasticIterativeScheduler",
  title: "Consistency models",
  source: "Song et al. 2023, arXiv:2303.01469, algorithm 1",
  family: "consistency",
  options: {
    num_train_timesteps: 40,
    sigma_min: 0.002,
    sigma_max: 80,
    sigma_data: 0.5,
    s_noise: 1,
    rho: 7,
    clip_denoised: true,
  },
  refuse({ num_train_timesteps, sigma_min, sigma_max }) {
    if (num_train_timesteps === 1) return "found num_train_timesteps = 1, expected 2 or more";
    return !(sigma_min! > 0 && sigma_min! < sigma_max!) &&
      `found sigma_min = ${sigma_min} and sigma_max = ${sigma_max}, expected 0 < sigma_min < sigma_max`;
  },
  runs: ["timesteps"],
  path: () => "variance_exploding",
  grid(options, _, { count = 0, timesteps }) {
    const { num_train_timesteps: trainSteps, sigma_min, sigma_max, rho } = options;
    const stride = timesteps ? 0 : Math.floor(trainSteps / checkCount(count, trainSteps));
    const even = Array.from({ length: count }, (_, i) => i * stride);
    const indices = timesteps ? checkTimes(timesteps, trainSteps).toReversed() : even;
    const sigmas = karras(rho)(trainSteps, { min: sigma_min!, max: sigma_max! });
    const levels = indices.map((i) => levelOf(sigmas[i]!, "variance_exploding", 250 * Math.log(sigmas[i]!)));
    return grid([...levels, levelOf(sigma_min!, "variance_exploding", -1)]);
  },
  read({ sigma_min, sigma_data }, raw, question) {
    const { x, at: { sigma } } = question;
    const above = sigma - sigma_min!;
    const skip = sigma_data ** 2 / (above ** 2 + sigma_data ** 2);
    const image = mix([skip, x], [above * sigma_data / Math.hypot(sigma, sigma_data), raw]);
    return { ...read("sample", image, question), raw };
  },
  clipsConsistently: false,
  scalesInput: true,
  sampler(x, steps, { sigma_min, s_noise }, { noise }) {
    const freshness: Freshness = ([, to]) => ({
      keep: 0,
      fresh: s_noise * Math.sqrt(Math.max(0, to.sigma ** 2 - sigma_min! ** 2)),
    });
    return euler(x, steps, { noise, freshness });
  },
  initNoiseSigma: ({ sigma_max }) => sigma_max!,
  page: {
    formula: "x′ = x̂₀ + √(σ′² − σₘ²)·z,  x̂₀ = c₁·x + c₂·F,  c₁ = d²/((σ − σₘ)² + d²),  c₂ = d(σ − σₘ)/√(σ² + d²)",
    evaluations: 1,
    order: 1,
    advice: "For consistency models: one step, or two at 18 and 0 of 40 for a better picture.",
  },
};

/**
 * Continuous-time consistency models: times are angles, α = cos t and σ = d·sin t. The end of a run's `timesteps` is their
 * last, where the network is not asked; a run of two steps goes by way of 1.3.
 */
export const scm: Row = {
  name: "scm",
  className: "SCMScheduler",
  title: "sCM",
  source: "Lu and Song 2024, arXiv:2410.11081",
  family: "trigflow",
  options: { num_train_timesteps: 1000, prediction_type: "trigflow", sigma_data: 0.5 },
  only: { prediction_type: ["trigflow"] },
  runs: ["timesteps", "maxTimesteps", "intermediateTimesteps"],
  path: () => "variance_preserving",
  grid({ sigma_data, num_train_timesteps }, _, run) {
    const angle = (time: number): Level => ({ time, alpha: Math.cos(time), sigma: sigma_data * Math.sin(time) });
    return grid(anglesOf(run, num_train_timesteps).map(angle));
  },
  // The network's velocity comes multiplied by d, as pipelines of diffusers hand it over.
  read({ sigma_data }, raw, question) {
    return { ...read("v_prediction", mix([1 / sigma_data, raw]), question, sigma_data), raw };
  },
  scalesInput: false,
  sampler: (x, steps, _, { noise }) => euler(x, steps, { noise, freshness: anew }),
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = cos t′·x̂₀ + d·sin t′·z,  x̂₀ = cos t·x − sin t·F",
    evaluations: 1,
    order: 1,
    advice: "For sCM models such as SANA-Sprint: one step, or two.",
  },
};

/** TCD's split of the noise: straight to a cleaner time s, and back to t′ with fresh noise. */
function backAndForth(schedule: NoiseSchedule, gamma: number): Freshness {
  return ([, to]) => {
    // In single precision as torch has it, or s may be one time off.
    const { alpha, sigma } = levelAt(schedule, Math.floor(Math.fround(Math.fround(1 - gamma) * to.time)));
    const back = Math.min(1, to.alpha / alpha);
    return { keep: back * sigma, fresh: Math.sqrt(1 - back ** 2) };
  };
}

/** The times that a network was distilled at, falling: each n-th of the training, without the share that `strength` leaves. */
function everyNth({ num_train_timesteps: trainSteps }: Options, original: number, strength: number = 1): number[] {
  if (!(original >= 1 && original <= trainSteps)) {
    throw new RangeError(`Cannot take ${original} original steps: expected a number from 1 to ${trainSteps}`);
  }
  const stride = Math.floor(trainSteps / original);
  const length = Math.floor(original * strength);
  return Array.from({ length }, (_, i) => (length - i) * stride - 1);
}

/** The times of a run among those of the distillation, or as it asks for them. */
function distilledTimes(options: Options, run: Run, distilled: readonly number[]): readonly number[] {
  const { count = 0, timesteps, strength = 1, originalInferenceSteps: original = options.original_inference_steps } =
    run;
  if (!(strength > 0 && strength <= 1)) {
    throw new RangeError(`Cannot take a run of strength ${strength}: expected a number above 0, at most 1`);
  }
  if (timesteps) {
    const times = checkTimes(timesteps, options.num_train_timesteps);
    const left = Math.floor(times.length * strength);
    if (left > 0) return times.slice(times.length - left);
    throw new RangeError(
      `Cannot take strength ${strength} of ${times.length} timesteps: it leaves none, expected one or more`,
    );
  }
  const stride = distilled.length / checkCount(count, Math.min(distilled.length, original));
  return Array.from({ length: count }, (_, i) => distilled[Math.floor(i * stride)]!);
}

function checkTimes(times: readonly number[], trainSteps: number): readonly number[] {
  const fits = times.every((time, i) => Number.isSafeInteger(time) && time >= 0 && time < (times[i - 1] ?? trainSteps));
  if (fits && times.length > 0) return times;
  throw new RangeError(`Cannot set timesteps ${times.join(", ")}: expected falling whole numbers below ${trainSteps}`);
}

function checkCount(count: number, most: number): number {
  if (Number.isSafeInteger(count) && count >= 1 && count <= most) return count;
  throw new RangeError(`Cannot take ${count} steps: expected a whole number from 1 to ${most}`);
}

/** The times of sCM, from the noisiest to the end. */
function anglesOf({ count = 0, timesteps, maxTimesteps, intermediateTimesteps }: Run, most: number): readonly number[] {
  const middle = intermediateTimesteps === undefined && count === 2 ? 1.3 : intermediateTimesteps ?? undefined;
  if (timesteps) {
    const said = maxTimesteps ?? middle;
    const falls = timesteps.every((time, i) => time >= 0 && time < (timesteps[i - 1] ?? 2));
    if (falls && timesteps.length > 1 && said === undefined) return timesteps;
    const found = said === undefined ? timesteps.join(", ") : `${timesteps.join(", ")} and ${said}`;
    throw new RangeError(
      `Cannot set timesteps ${found}: expected two or more falling angles below 2, and nothing else`,
    );
  }
  const first = maxTimesteps ?? 1.5708;
  if (middle === undefined) {
    return Array.from({ length: checkCount(count, most) + 1 }, (_, i) => first * (1 - i / count));
  }
  if (count === 2 && middle > 0 && middle < first) return [first, middle, 0];
  throw new RangeError(`Cannot take ${count} steps by way of ${middle}: expected two, and a number from 0 to ${first}`);
}
