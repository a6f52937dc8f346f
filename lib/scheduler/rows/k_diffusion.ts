import { cfgPlusPlus } from "../../sampler/cfg_plus_plus.ts";
import { type Churn, churn } from "../../sampler/churn.ts";
import { erSde } from "../../sampler/er_sde.ts";
import { exponentialMultistep } from "../../sampler/exponential_multistep.ts";
import { exponentialRungeKutta, noStages, type RungeKuttaOptions } from "../../sampler/exponential_runge_kutta.ts";
import { exactMoments, type Moments } from "../../sampler/exponential_weights.ts";
import { drift, posterior } from "../../sampler/freshness.ts";
import { gradientEstimation } from "../../sampler/gradient_estimation.ts";
import { plms } from "../../sampler/plms.ts";
import type { Noise, Sampler } from "../../sampler/sampler.ts";
import { grid } from "../../schedule/grid.ts";
import { type Level, levelOf, sigmaAt, timeAt } from "../../schedule/level.ts";
import type { NoiseSchedule } from "../../schedule/noise_schedule.ts";
import { exponential } from "../../schedule/sigmas.ts";
import { mix } from "../../tensor/mix.ts";
import type { Options } from "../options.ts";
import type { Row, Run, Walk } from "../row.ts";
import { refuseSigmas, sigmaLevels, tracedTerminal } from "../sigma_levels.ts";
import { training } from "../training.ts";

/** The level with a σ as k-diffusion has it: the image unscaled, the time between two times of the training. */
const levelWith = (schedule: NoiseSchedule, sigma: number): Level =>
  levelOf(sigma, "variance_exploding", timeAt(schedule, sigma));

function levels(options: Options, schedule: NoiseSchedule, run: Run): Level[] {
  return sigmaLevels(options, schedule, run, { path: "variance_exploding", whole: true });
}

/** What a row of this family is made with: the sampler, which CFG++ may change, and what else is its own. */
type Own = Pick<Row, "name" | "className" | "title" | "source" | "options" | "page" | "sampler"> & Partial<Row>;

/** A sampler of σ, for whichever schedule of σ: the free product. */
function onSigma({ options, sampler, ...own }: Own): Row {
  return {
    family: "diffusion",
    runs: ["sigmas"],
    refuse: refuseSigmas,
    schedule: tracedTerminal,
    path: () => "variance_exploding",
    grid: (options, schedule, run) => grid(levels(options, schedule, run)),
    scalesInput: true,
    initNoiseSigma: (_, { sigma }) => sigma,
    ...own,
    options: {
      ...training,
      rescale_betas_zero_snr: false,
      sigma_schedule: "normal",
      sigma_min: null,
      sigma_max: null,
      cfg_plus_plus: false,
      ...options,
    },
    sampler: (x, steps, options, walk) =>
      options.cfg_plus_plus ? cfgPlusPlus(sampler(x, steps, options, walk)) : sampler(x, steps, options, walk),
  };
}

/** Of two predictions, what a straight line between them says of the middle of the step. */
const middle: Moments = (_, nodes) => nodes.slice(1).map(() => 1 / 2);

/** As much of the noise as `s_noise` says. */
function scaled({ s_noise = 1 }: Options, noise: Noise): Noise {
  return s_noise === 1 ? noise : (...step) => mix([s_noise, noise(...step)]);
}

function rungeKutta(own: Partial<RungeKuttaOptions> & Pick<RungeKuttaOptions, "stages">): Row["sampler"] {
  const rule = own.draws === "parts" ? drift : posterior;
  return (x, steps, options, { noise, schedule }): Sampler =>
    exponentialRungeKutta(x, steps, {
      between: (from, to, share) => levelWith(schedule, from.sigma ** (1 - share) * to.sigma ** share),
      noise: scaled(options, noise),
      freshness: rule(options.eta ?? 0),
      ...options.s_churn > 0 && { churn: churning(options, schedule) },
      ...own,
    });
}

/** Karras' churn, told the time of the level that it leads to. */
function churning({ s_churn: amount, s_min: min, s_max: max }: Options, schedule: NoiseSchedule): Churn {
  const { level, ...rest } = churn({ amount, min, max, alwaysDraws: true });
  return {
    ...rest,
    level: (from, count) => {
      const to = level(from, count);
      return to === from ? from : levelWith(schedule, to.sigma);
    },
  };
}

const noisy: Partial<Options> = { eta: 1, s_noise: 1 };
const churns: Partial<Options> = { s_churn: 0, s_min: 0, s_max: Number.MAX_VALUE, s_noise: 1 };

/** Euler's method with churn before the question, and ancestral. */
export const kEuler: Row = /* @__PURE__ */ onSigma({
  name: "k_euler",
  className: "KEuler",
  title: "Euler with churn",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2 without its correction",
  options: { eta: 0, ...churns },
  sampler: /* @__PURE__ */ rungeKutta({ stages: [noStages] }),
  page: {
    formula: "x̂ = x + √(σ̂² − σ²)·z,  x′ = x̂₀ + σ′·ε̂(x̂, σ̂)",
    evaluations: 1,
    order: 1,
    advice: "Euler that also adds noise before it asks (s_churn) or after (eta 1 is ancestral): for much texture.",
  },
});

/** Heun's method with churn before the question. */
export const kHeun: Row = /* @__PURE__ */ onSigma({
  name: "k_heun",
  className: "KHeun",
  title: "Heun with churn",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2",
  options: churns,
  sampler: /* @__PURE__ */ rungeKutta({ predicts: "noise", stages: [{ places: [1], moments: middle }] }),
  page: {
    formula: "x′ = x̂ + (σ′ − σ̂)·(ε̂ + ε̂′)/2",
    evaluations: 2,
    order: 2,
    advice: "Karras' own sampler, noise before each step included; few steps, each at twice the cost.",
  },
});

/** DPM-Solver-2 with churn before the question, and ancestral. */
export const kDpm2: Row = /* @__PURE__ */ onSigma({
  name: "k_dpm_2",
  className: "KDPM2",
  title: "DPM2 with churn",
  source: "Lu et al. 2022, arXiv:2206.00927, algorithm 4; Karras et al. 2022, arXiv:2206.00364",
  options: { eta: 0, ...churns },
  sampler: /* @__PURE__ */ rungeKutta({ predicts: "noise", stages: [{ places: [1 / 2], moments: middle }] }),
  page: {
    formula: "x′ = x̂ + (σ′ − σ̂)·ε̂(√(σ̂σ′))",
    evaluations: 2,
    order: 2,
    advice: "A midpoint method in log σ; eta 1 is DPM2 a. DPM++ 2M is as accurate at half the cost.",
  },
});

/** DPM-Solver++(2S), ancestral. */
export const dpmpp2sAncestral: Row = /* @__PURE__ */ onSigma({
  name: "dpmpp_2s_ancestral",
  className: "KDPMPP2SAncestral",
  title: "DPM++ 2S ancestral",
  source: "Lu et al. 2022, arXiv:2211.01095, algorithm 1",
  options: noisy,
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1 / 2], moments: middle }] }),
  page: {
    formula: "x↓ = (σ↓/σ)·x + (1 − σ↓/σ)·x̂₀(√(σσ↓)),  x′ = x↓ + √(σ′² − σ↓²)·z",
    evaluations: 2,
    order: 2,
    advice: "Ancestral texture from a second-order step: fewer, dearer steps than Euler ancestral.",
  },
});

/** DPM-Solver++ (SDE). */
export const dpmppSde: Row = /* @__PURE__ */ onSigma({
  name: "dpmpp_sde",
  className: "KDPMPPSDE",
  title: "DPM++ SDE",
  source: "Lu et al. 2022, arXiv:2211.01095; as in k-diffusion",
  options: noisy,
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1 / 2], moments: middle }], draws: "stages" }),
  page: {
    formula: "x′ = (σ′/σ)²·x + (1 − (σ′/σ)²)·x̂₀(√(σσ′)) + √(σ′² − σ′⁴/σ²)·z",
    evaluations: 2,
    order: 2,
    advice: "Good pictures in ten to fifteen steps, each of two questions; give it Brownian noise.",
  },
});

function multistep(predictor: number, moments: (options: Options) => Moments): Row["sampler"] {
  return (x, steps, options, { noise }: Walk) =>
    exponentialMultistep(x, steps, {
      predictor,
      moments: moments(options),
      ...options.eta > 0 && { tau: () => Math.sqrt(options.eta), noise: scaled(options, noise) },
    });
}

/** DPM-Solver++(2M) and its SDE; with the exact moments, RES. */
export const dpmpp2m: Row = /* @__PURE__ */ onSigma({
  name: "dpmpp_2m",
  className: "KDPMPP2M",
  title: "DPM++ 2M",
  source: "Lu et al. 2022, arXiv:2211.01095, algorithm 2; exact moments: Zhang et al. 2023, arXiv:2308.02157",
  options: { ...noisy, eta: 0, solver_type: "midpoint" },
  only: { solver_type: ["midpoint", "heun"] },
  foreign: { solver_type: ["logrho", "bh1", "bh2"] },
  sampler: /* @__PURE__ */ multistep(2, ({ solver_type }) => solver_type === "midpoint" ? middle : exactMoments),
  page: {
    formula: "x′ = (σ′/σ)·x + (1 − σ′/σ)·((1 + 1/2r)·x̂₀ − x̂₀₋₁/2r),  r = h₋₁/h",
    evaluations: 1,
    order: 2,
    advice: "The first choice for latents in 20 to 30 steps, with Karras' σ; eta 1 makes it DPM++ 2M SDE.",
  },
});

/** DPM-Solver++(3M) SDE. */
export const dpmpp3mSde: Row = /* @__PURE__ */ onSigma({
  name: "dpmpp_3m_sde",
  className: "KDPMPP3MSDE",
  title: "DPM++ 3M SDE",
  source: "Lu et al. 2022, arXiv:2211.01095; as in k-diffusion",
  options: noisy,
  sampler: /* @__PURE__ */ multistep(3, () => (z, nodes) => {
    // k-diffusion takes half of the exact second moment: a third prediction steadies, and makes no third order.
    return exactMoments(z, nodes).map((moment, i) => i === 0 ? moment : moment / 2);
  }),
  page: {
    formula: "x′ = (σ′/σ)²·x + (1 − (σ′/σ)²)·Σ wᵢ·x̂₀₋ᵢ + √(σ′² − σ′⁴/σ²)·z",
    evaluations: 1,
    order: 2,
    advice: "Steady with strong guidance; wants 30 steps or more and exponential σ.",
  },
});

/** DPM-Solver-fast: a budget of questions spent on steps of the third order. */
export const dpmFast: Row = /* @__PURE__ */ onSigma({
  name: "dpm_fast",
  className: "KDPMFast",
  title: "DPM fast",
  source: "Lu et al. 2022, arXiv:2206.00927, section 3.4",
  options: {},
  runs: [],
  grid({ sigma_min, sigma_max }, schedule, { count = 0 }) {
    const ends = { min: sigma_min ?? sigmaAt(schedule, 0), max: sigma_max ?? sigmaAt(schedule, Infinity) };
    const steps = Math.floor(count / 3) + 1;
    const sigmas = exponential()(steps + 1, ends);
    const last = count % 3 === 0 ? [2, 1] : [count % 3];
    return grid(sigmas.map((sigma) => levelWith(schedule, sigma)))
      .map(([from, to], i) => [from, to, { order: last[i - steps + last.length] ?? 3 }]);
  },
  sampler: /* @__PURE__ */ rungeKutta({
    predicts: "noise",
    stages: [noStages, { places: [1 / 2], moments: middle }, { places: [1 / 3, 2 / 3], moments: exactMoments }],
  }),
  page: {
    formula: "x′ = x + (σ′ − σ)·Σ wᵢ·ε̂(σᵢ),  σᵢ between σ and σ′, evenly in log σ",
    evaluations: 1,
    order: 3,
    advice: "Its steps count questions, and it leaves the least noise in; others have overtaken it.",
  },
});

/** RES, the refined exponential solver, of two stages. */
export const res2s: Row = /* @__PURE__ */ onSigma({
  name: "res_2s",
  className: "KRES2S",
  title: "RES 2S",
  source: "Zhang et al. 2023, arXiv:2308.02157",
  options: { ...noisy, eta: 0 },
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1 / 2], moments: exactMoments }] }),
  page: {
    formula: "x′ = (σ′/σ)·x + h·((φ₁ − 2φ₂)·x̂₀ + 2φ₂·x̂₀(√(σσ′))),  φ of −h",
    evaluations: 2,
    order: 2,
    advice: "The most accurate of the two-stage methods where few steps must do.",
  },
});

/** SEEDS of two stages. */
export const seeds2: Row = /* @__PURE__ */ onSigma({
  name: "seeds_2",
  className: "KSEEDS2",
  title: "SEEDS-2",
  source: "Gonzalez et al. 2023, arXiv:2305.14267",
  options: noisy,
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1 / 2], moments: middle }], draws: "parts" }),
  page: {
    formula: "x′ = (σ′/σ)²·x + (1 − (σ′/σ)²)·x̂₀(√(σσ′)) + noise of both halves",
    evaluations: 2,
    order: 2,
    advice: "As DPM++ SDE, but its stages share their noise, so that it needs no Brownian path.",
  },
});

/** SEEDS of three stages. */
export const seeds3: Row = /* @__PURE__ */ onSigma({
  name: "seeds_3",
  className: "KSEEDS3",
  title: "SEEDS-3",
  source: "Gonzalez et al. 2023, arXiv:2305.14267",
  options: noisy,
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1 / 3, 2 / 3], moments: exactMoments }], draws: "parts" }),
  page: {
    formula: "x′ = (σ′/σ)²·x + Σ wᵢ·x̂₀(σᵢ) + noise of the three parts",
    evaluations: 3,
    order: 3,
    advice: "The most accurate step of an SDE here, at three questions; for few steps and fine texture.",
  },
});

/** Heun's method as an exponential integrator along images. */
export const expHeun2X0: Row = /* @__PURE__ */ onSigma({
  name: "exp_heun_2_x0",
  className: "KExpHeun2X0",
  title: "Exponential Heun",
  source: "Hochbruck and Ostermann 2010, Acta Numerica 19; Gonzalez et al. 2023, arXiv:2305.14267",
  options: { ...noisy, eta: 0 },
  sampler: /* @__PURE__ */ rungeKutta({ stages: [{ places: [1], moments: exactMoments }], draws: "parts" }),
  page: {
    formula: "x′ = (σ′/σ)·x + h·((φ₁ − φ₂)·x̂₀ + φ₂·x̂₀′),  φ of −h",
    evaluations: 2,
    order: 2,
    advice: "Heun's two questions with the smaller error of an exponential step; eta 1 is its SDE.",
  },
});

/** The extended reverse-time SDE solver. */
export const kErSde: Row = /* @__PURE__ */ onSigma({
  name: "er_sde",
  className: "KERSDE",
  title: "ER-SDE",
  source: "Cui et al. 2023, arXiv:2309.06169, algorithm 3",
  options: { s_noise: 1, solver_order: 3 },
  sampler: (x, steps, options, { noise }) =>
    erSde(x, steps, { order: options.solver_order, noise: scaled(options, noise) }),
  page: {
    formula: "x′ = r·x + (1 − r)·x̂₀ + … + √(σ′² − r²σ²)·z,  r = φ(σ′)/φ(σ)",
    evaluations: 1,
    order: 2,
    advice: "An SDE that draws little noise late: texture in as few as ten steps.",
  },
});

/** Gradient estimation. */
export const kGradientEstimation: Row = /* @__PURE__ */ onSigma({
  name: "gradient_estimation",
  className: "KGradientEstimation",
  title: "Gradient estimation",
  source: "Permenter and Yuan 2023, arXiv:2306.04848",
  options: {},
  sampler: (x, steps) => gradientEstimation(x, steps),
  page: {
    formula: "x′ = x + (σ′ − σ)·(2·ε̂ − ε̂₋₁)",
    evaluations: 1,
    order: 1,
    advice: "Sharper than Euler at the same price in ten steps or fewer.",
  },
});

/** iPNDM on σ. */
export const kIpndm: Row = /* @__PURE__ */ onSigma({
  name: "k_ipndm",
  className: "KIPNDM",
  title: "iPNDM on σ",
  source: "Zhang and Chen 2022, arXiv:2204.13902; Liu et al. 2022, arXiv:2202.09778",
  options: {},
  sampler: (x, steps) => plms(x, steps),
  page: {
    formula: "x′ = x + (σ′ − σ)·(55·ε̂ − 59·ε̂₋₁ + 37·ε̂₋₂ − 9·ε̂₋₃)/24",
    evaluations: 1,
    order: 2,
    advice: "Takes steps for even that are not: LMS is the same with weights for the steps as they are.",
  },
});
