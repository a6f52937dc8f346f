import type { ExponentialOptions } from "../../sampler/exponential_move.ts";
import { exponentialMultistep } from "../../sampler/exponential_multistep.ts";
import { exponentialSinglestep } from "../../sampler/exponential_singlestep.ts";
import { exactMoments, type Moments } from "../../sampler/exponential_weights.ts";
import { grid, type Step } from "../../schedule/grid.ts";
import type { Level, Path } from "../../schedule/level.ts";
import type { NoiseSchedule } from "../../schedule/noise_schedule.ts";
import { edmLevels } from "../edm_levels.ts";
import type { Options } from "../options.ts";
import type { Row, Run, Walk } from "../row.ts";
import { refuseSigmas, type SigmaForm, sigmaLevels, tracedTerminal } from "../sigma_levels.ts";
import { thresholding, training } from "../training.ts";

/** What all classes of this family read that run networks trained along a table of β. */
const shared: Partial<Options> = {
  ...training,
  ...thresholding,
  lower_order_final: true,
  use_karras_sigmas: false,
  use_exponential_sigmas: false,
  use_beta_sigmas: false,
  use_flow_sigmas: false,
  flow_shift: 1,
};

const spaced: Partial<Options> = { timestep_spacing: "linspace", steps_offset: 0 };
const product: Partial<Options> = { ...spaced, sigma_schedule: null };
const shifting: Partial<Options> = { use_dynamic_shifting: false, time_shift_type: "exponential" };

const dpm: Partial<Options> = {
  ...shared,
  solver_order: 2,
  algorithm_type: "dpmsolver++",
  solver_type: "midpoint",
  lambda_min_clipped: -Infinity,
  variance_type: null,
};

const known: NonNullable<Row["only"]> = {
  beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2"],
  prediction_type: ["epsilon", "sample", "v_prediction", "flow_prediction"],
};
const learned: Row["only"] = { variance_type: [null, "learned", "learned_range"] };
const solvers: Row["only"] = { solver_type: ["midpoint", "heun"] };

/** DDPM's variances, which mean nothing to solvers that draw their own noise or none. */
const foreignVariances: NonNullable<Row["foreign"]> = {
  variance_type: ["fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log"],
};
const foreignSolvers: NonNullable<Row["foreign"]> = {
  ...foreignVariances,
  algorithm_type: ["deis"],
  solver_type: ["logrho", "bh1", "bh2"],
};

const path = ({ use_flow_sigmas }: Options): Path => use_flow_sigmas ? "rectified_flow" : "variance_preserving";

/** What the rows of such networks have in common. */
const onTable = {
  family: "diffusion",
  path,
  clipsConsistently: true,
  scalesInput: false,
  initNoiseSigma: () => 1,
} as const;

/** DPM-Solver's levels, ending as `final_sigmas_type` says, or else in the least noise of the training. */
function levelsOf(options: Options, schedule: NoiseSchedule, run: Run, form: Partial<SigmaForm> = {}): Level[] {
  const last = { last: "sigma_min", repeats: true } as const;
  const whole = { path: path(options), whole: true, rounds: true };
  return sigmaLevels(options, schedule, run, { ...whole, ...options.final_sigmas_type === undefined && last, ...form });
}

const followsNoise = ({ algorithm_type = "" }: Options) => ["dpmsolver", "sde-dpmsolver"].includes(algorithm_type);
const isStochastic = ({ algorithm_type = "" }: Options) => algorithm_type.startsWith("sde");

/** Steps of falling orders at the end, in runs shorter than `below`. */
function falling(options: Options, levels: readonly Level[], below: number = Infinity): Step[] {
  const { lower_order_final, euler_at_final, disable_corrector = [] } = options;
  const steps = grid(levels);
  return steps.map(([from, to], i) => {
    const left = steps.length - i;
    const order = lower_order_final && steps.length < below ? left : euler_at_final && left === 1 ? 1 : Infinity;
    return [from, to, { order, corrected: !disable_corrector.includes(i) }];
  });
}

/** What makes no sense in any class here that knows flows. */
function refuseFlows(options: Options): string | false {
  const { use_flow_sigmas: flows, prediction_type: says, use_dynamic_shifting, time_shift_type } = options;
  if (flows ? says === "v_prediction" : says === "flow_prediction") {
    return `found prediction_type = "${says}" with use_flow_sigmas = ${flows}, expected the other: ` +
      "the velocity of a flow is flow_prediction, and v_prediction that of any other path";
  }
  return !!use_dynamic_shifting && time_shift_type === "linear" &&
    'found time_shift_type = "linear" with use_dynamic_shifting, expected exponential';
}

function refuseDpm(options: Options): string | false {
  const { algorithm_type, prediction_type, final_sigmas_type, solver_order } = options;
  if (followsNoise(options)) {
    if (final_sigmas_type === "zero") {
      return `found final_sigmas_type = "zero" with algorithm_type = "${algorithm_type}", expected sigma_min`;
    }
    if (prediction_type === "flow_prediction") {
      return `found prediction_type = "flow_prediction" with algorithm_type = "${algorithm_type}", expected dpmsolver++`;
    }
  }
  if (algorithm_type === "sde-dpmsolver" && solver_order === 3) {
    return 'found solver_order = 3 with algorithm_type = "sde-dpmsolver", expected 1 or 2';
  }
  return refuseSigmas(options) || refuseFlows(options);
}

/**
 * DPM-Solver's moments: of two predictions the "midpoint" or the exact ones, of three only a share of the exact second.
 *
 * In the stochastic form diffusers has the ½ of the second with the other sign, which costs accuracy; so have we, so that
 * both give the same.
 */
function dpmMoments({ solver_type, algorithm_type }: Options, share: number): Moments {
  return (z, nodes) => {
    if (nodes.length === 2 && solver_type === "midpoint") return [0.5];
    const [first, second] = exactMoments(z, nodes);
    if (second === undefined) return first === undefined ? [] : [first];
    return [first!, share * (second + (algorithm_type === "sde-dpmsolver++" ? 2 / Math.expm1(z) : 0))];
  };
}

function dpmOptions(options: Options, noise: Walk["noise"], moments: Moments): ExponentialOptions {
  return {
    predicts: followsNoise(options) ? "noise" : "image",
    moments,
    ...isStochastic(options) && { tau: () => 1, noise },
  };
}

const dpmMultistepSampler: Row["sampler"] = (x, steps, options, { noise }) =>
  exponentialMultistep(x, steps, {
    predictor: options.solver_order,
    // Half of the exact second moment, as the authors' code has it: so three predictions make two orders, not three.
    ...dpmOptions(options, noise, dpmMoments(options, 1 / 2)),
  });

/** DPM-Solver and DPM-Solver++, the multistep method: 2M, 3M and their stochastic forms. */
export const dpmSolverMultistep: Row = {
  ...onTable,
  name: "dpm_multistep",
  className: "DPMSolverMultistepScheduler",
  title: "DPM-Solver++ multistep",
  source: "Lu et al. 2022, arXiv:2211.01095, algorithm 2",
  options: {
    ...dpm,
    ...product,
    ...shifting,
    euler_at_final: false,
    use_lu_lambdas: false,
    final_sigmas_type: "zero",
    rescale_betas_zero_snr: false,
  },
  only: {
    ...known,
    ...learned,
    ...solvers,
    algorithm_type: ["dpmsolver", "dpmsolver++", "sde-dpmsolver", "sde-dpmsolver++"],
  },
  foreign: foreignSolvers,
  runs: ["timesteps", "mu"],
  refuse: refuseDpm,
  schedule: tracedTerminal,
  grid(options, schedule, run) {
    const rounds = options.beta_schedule !== "squaredcos_cap_v2";
    return falling(options, levelsOf(options, schedule, run, { rounds }), 15);
  },
  sampler: dpmMultistepSampler,
  page: {
    formula: "x′ = (σ′/σ)·x + α′(1 − e^(−h))·(x̂₀ + ½·(h/h₋₁)·(x̂₀ − x̂₋₁))",
    evaluations: 1,
    order: 2,
    advice: "The best known choice for 15 to 30 steps; take `sde-dpmsolver++` for more detail at 25 and above.",
  },
};

/** DPM-Solver++ from the image to noise, to edit pictures by the noise that they come from. */
export const dpmSolverMultistepInverse: Row = {
  ...onTable,
  name: "dpm_multistep_inverse",
  className: "DPMSolverMultistepInverseScheduler",
  title: "DPM-Solver++ inverse",
  source: "Lu et al. 2022, arXiv:2211.01095, algorithm 2, run backwards",
  options: { ...dpm, ...spaced, euler_at_final: false },
  // Its SDE forms take the root of a negative variance: noise cannot be taken away by drawing more.
  only: { ...known, ...learned, ...solvers, algorithm_type: ["dpmsolver", "dpmsolver++"] },
  foreign: foreignSolvers,
  refuse: refuseDpm,
  // A flow goes from noise to the image here, too, as in diffusers.
  grid: (options, schedule, run) =>
    falling(options, levelsOf(options, schedule, run, { rising: !options.use_flow_sigmas }), 15),
  sampler: dpmMultistepSampler,
  page: {
    formula: "x′ = (σ′/σ)·x + α′(1 − e^(−h))·(x̂₀ + ½·(h/h₋₁)·(x̂₀ − x̂₋₁)),  h < 0",
    evaluations: 1,
    order: 2,
    advice: "To find the noise that a picture would come from; run DPM-Solver++ multistep on it with another prompt.",
  },
};

/** DPM-Solver and DPM-Solver++, the singlestep method: 2S and 3S. */
export const dpmSolverSinglestep: Row = {
  ...onTable,
  name: "dpm_singlestep",
  className: "DPMSolverSinglestepScheduler",
  title: "DPM-Solver++ singlestep",
  source: "Lu et al. 2022, arXiv:2211.01095, algorithm 1",
  options: { ...dpm, ...shifting, lower_order_final: false, final_sigmas_type: "zero" },
  only: { ...known, ...learned, ...solvers, algorithm_type: ["dpmsolver", "dpmsolver++", "sde-dpmsolver++"] },
  foreign: foreignSolvers,
  runs: ["timesteps", "mu"],
  refuse: (options) =>
    options.thresholding && followsNoise(options)
      ? 'found thresholding with algorithm_type = "dpmsolver", expected dpmsolver++'
      : refuseDpm(options),
  grid(options, schedule, run) {
    const steps = grid(levelsOf(options, schedule, run));
    const { solver_order: order, lower_order_final, final_sigmas_type } = options;
    const endsLow = final_sigmas_type === "zero" || lower_order_final && steps.length % order === 0;
    return steps.map(([from, to], i) => [from, to, { order: endsLow && i === steps.length - 1 ? 1 : i % order + 1 }]);
  },
  sampler(x, steps, options, { noise }) {
    const exact = dpmMoments(options, 1);
    // Its third order's "midpoint" leaves the middle prediction out.
    const moments: Moments = (z, nodes) => {
      const [first, ...others] = exact(z, nodes);
      return options.solver_type === "midpoint" && nodes.length === 3
        ? [first!, first! * nodes[0]!]
        : [first!, ...others];
    };
    return exponentialSinglestep(x, steps, dpmOptions(options, noise, moments));
  },
  page: {
    formula: "x′ = (σ′/σ)·x + α′(1 − e^(−h))·(x̂₀ + (h/2r)·(x̂ᵣ − x̂₀)),  x̂ᵣ asked a part r of the way",
    evaluations: 1,
    order: 2,
    advice:
      "Keeps no history across its stretches of two or three steps; for unguided models, where it is the steadier.",
  },
};

/** DEIS: the noise as a polynomial of ln(σ/α), integrated exactly. */
export const deisMultistep: Row = {
  ...onTable,
  name: "deis",
  className: "DEISMultistepScheduler",
  title: "DEIS",
  source: "Zhang and Chen 2022, arXiv:2204.13902, tAB in ln ρ",
  options: { ...shared, ...product, ...shifting, solver_order: 2, algorithm_type: "deis", solver_type: "logrho" },
  only: { ...known, algorithm_type: ["deis"], solver_type: ["logrho"] },
  foreign: { algorithm_type: ["dpmsolver", "dpmsolver++"], solver_type: ["midpoint", "heun", "bh1", "bh2"] },
  runs: ["mu"],
  refuse: (options) => refuseSigmas(options) || refuseFlows(options),
  grid: (options, schedule, run) => falling(options, levelsOf(options, schedule, run), 15),
  sampler: (x, steps, { solver_order: predictor }) =>
    exponentialMultistep(x, steps, { predicts: "noise", moments: exactMoments, predictor }),
  page: {
    formula: "x′ = (α′/α)·x + α′·Σᵢ ε̂₋ᵢ·∫ ℓᵢ(ln ρ) dρ,  ρ = σ/α from here to there, ℓᵢ Lagrange's polynomials",
    evaluations: 1,
    order: 2,
    advice: "For ten steps or so without strong guidance.",
  },
};

/** UniPC: a multistep predictor, and a corrector that costs no question. */
export const unipcMultistep: Row = {
  ...onTable,
  name: "unipc",
  className: "UniPCMultistepScheduler",
  title: "UniPC",
  source: "Zhao et al. 2023, arXiv:2302.04867",
  options: {
    ...shared,
    ...product,
    ...shifting,
    solver_order: 2,
    predict_x0: true,
    solver_type: "bh2",
    disable_corrector: [],
    solver_p: null,
    final_sigmas_type: "zero",
    rescale_betas_zero_snr: false,
    sigma_min: null,
    sigma_max: null,
    shift_terminal: null,
  },
  only: { ...known, solver_type: ["bh1", "bh2"] },
  foreign: { solver_type: ["midpoint", "heun", "logrho"] },
  runs: ["sigmas", "mu"],
  refuse(options) {
    const { final_sigmas_type: final, solver_type, predict_x0, lower_order_final, solver_order } = options;
    if (final === "zero") {
      const expected = "expected sigma_min: at σ = 0 it would end in NaN";
      if (solver_type === "bh1") return `found final_sigmas_type = "zero" with solver_type = "bh1", ${expected}`;
      if (!predict_x0) return `found final_sigmas_type = "zero" with predict_x0 = false, ${expected}`;
      if (!lower_order_final && solver_order > 1) {
        return `found final_sigmas_type = "zero" with lower_order_final = false, ${expected}`;
      }
    }
    if (!predict_x0 && options.prediction_type === "flow_prediction") {
      return 'found prediction_type = "flow_prediction" with predict_x0 = false, expected true';
    }
    if (options.shift_terminal !== null && !options.use_flow_sigmas) {
      return `found shift_terminal = ${options.shift_terminal} without use_flow_sigmas, expected both or neither`;
    }
    // Of all spacings it lets Karras' be that of a flow.
    return refuseSigmas({ ...options, use_flow_sigmas: options.use_flow_sigmas && !options.use_karras_sigmas }) ||
      refuseFlows({ ...options, time_shift_type: "exponential" });
  },
  schedule: tracedTerminal,
  grid(options, schedule, run) {
    if (run.sigmas && (!options.use_flow_sigmas || options.use_karras_sigmas)) {
      throw new RangeError("Cannot set sigmas of UniPC: expected use_flow_sigmas, and no other spacing");
    }
    return falling(options, levelsOf(options, schedule, run, { repeats: true, fromNoise: true }));
  },
  // Where it follows noises it heeds no threshold.
  clipsConsistently: false,
  sampler(x, steps, { solver_order: predictor, predict_x0, solver_type }) {
    return exponentialMultistep(x, steps, {
      predicts: predict_x0 ? "image" : "noise",
      moments: pairMoments(solver_type === "bh1" ? bh1 : () => 0.5),
      predictor,
      corrector: predictor + 1,
    });
  },
  page: {
    formula:
      "x′ = (σ′/σ)·x + (α′ − α·σ′/σ)·Σᵢ wᵢ·x̂₀₋ᵢ;  then the same step again, with x̂₀ at its end as one more point",
    evaluations: 1,
    order: 3,
    advice: "For 8 to 15 steps, its home; it gains an order for the price of none.",
  },
};

/** Exact moments, but of two predictions a mean of the class's own. */
function pairMoments(mean: (z: number) => number): Moments {
  return (z, nodes) => nodes.length === 2 ? [mean(z)] : exactMoments(z, nodes);
}

/** The mean of UniPC's B₁(h) = h, and of SA-Solver's two points. */
function bh1(z: number): number {
  return z === 0 ? 0.5 : z / (2 * Math.expm1(z));
}

/** SA-Solver: Adams' predictor and corrector of an SDE that is as stochastic as asked at each time. */
export const saSolver: Row = {
  ...onTable,
  name: "sa_solver",
  className: "SASolverScheduler",
  title: "SA-Solver",
  source: "Xue et al. 2023, arXiv:2309.05019",
  options: {
    ...shared,
    ...product,
    predictor_order: 2,
    corrector_order: 2,
    tau_func: null,
    algorithm_type: "data_prediction",
    lambda_min_clipped: -Infinity,
    variance_type: null,
  },
  only: {
    ...known,
    ...learned,
    algorithm_type: ["data_prediction", "noise_prediction"],
    corrector_order: [1, 2, 3, 4],
  },
  foreign: foreignVariances,
  refuse(options) {
    if (options.algorithm_type === "noise_prediction") {
      const { prediction_type: says, thresholding } = options;
      const found = thresholding ? "thresholding" : says === "flow_prediction" && `prediction_type = "${says}"`;
      if (found) return `found ${found} with algorithm_type = "noise_prediction", expected data_prediction`;
    }
    return refuseSigmas(options) || refuseFlows(options);
  },
  grid: (options, schedule, run) => falling(options, levelsOf(options, schedule, run)),
  sampler(x, steps, options, { noise }) {
    const { predictor_order: predictor, corrector_order: corrector, algorithm_type, tau_func } = options;
    const tau = tau_func ?? ((time: number) => time >= 200 && time <= 800 ? 1 : 0);
    const onImages = algorithm_type === "data_prediction";
    return exponentialMultistep(x, steps, {
      predicts: onImages ? "image" : "noise",
      moments: onImages ? pairMoments(bh1) : exactMoments,
      predictor,
      corrector,
      tau: ({ time }) => tau(time),
      noise,
    });
  },
  page: {
    formula: "x′ = (σ′/σ)·e^(−τ²h)·x + α′(1 − e^(−(1+τ²)h))·Σᵢ wᵢ·x̂₋ᵢ + σ′·√(1 − e^(−2τ²h))·z",
    evaluations: 1,
    order: 2,
    advice:
      "From 20 steps up, where noise drawn on the way repairs errors; τ is 1 at the times 200 to 800 unless you say.",
  },
};

/** What the two classes read that run networks trained on σ itself. */
const onSigma: Partial<Options> = {
  sigma_schedule: "karras",
  num_train_timesteps: 1000,
  rho: 7,
  solver_order: 2,
  solver_type: "midpoint",
  lower_order_final: true,
  euler_at_final: false,
  final_sigmas_type: "zero",
};

/** What their rows have in common. */
const onSigmaRow: Pick<Row, "family" | "path" | "reading" | "scalesInput" | "initNoiseSigma"> = {
  family: "edm",
  path: () => "variance_exploding",
  // What diffusers calls ε here is EDM's F, of the other sign than v.
  reading: ({ prediction_type }) => prediction_type === "epsilon" ? "preconditioned" : "v_prediction",
  scalesInput: true,
  initNoiseSigma: ({ sigma_max }) => Math.hypot(sigma_max!, 1),
};

/** DPM-Solver++ for networks of EDM. */
export const edmDpmSolverMultistep: Row = {
  ...onSigmaRow,
  name: "edm_dpm_multistep",
  className: "EDMDPMSolverMultistepScheduler",
  title: "EDM DPM-Solver++",
  source: "Karras et al. 2022, arXiv:2206.00364; Lu et al. 2022, arXiv:2211.01095",
  options: {
    ...onSigma,
    ...thresholding,
    sigma_min: 0.002,
    sigma_max: 80,
    sigma_data: 0.5,
    prediction_type: "epsilon",
    algorithm_type: "dpmsolver++",
  },
  only: {
    ...solvers,
    sigma_schedule: ["karras", "exponential"],
    prediction_type: ["epsilon", "v_prediction"],
    algorithm_type: ["dpmsolver++", "sde-dpmsolver++"],
  },
  foreign: { algorithm_type: ["deis"], solver_type: ["logrho", "bh1", "bh2"] },
  refuse: ({ algorithm_type, solver_order }) =>
    algorithm_type === "sde-dpmsolver++" && solver_order === 3 &&
    'found solver_order = 3 with algorithm_type = "sde-dpmsolver++", expected 1 or 2',
  grid: (options, _, run) => falling(options, edmLevels(options, run), 15),
  clipsConsistently: true,
  sampler: dpmMultistepSampler,
  page: {
    formula: "x′ = (σ′/σ)·x + (1 − σ′/σ)·(x̂₀ + ½·(h/h₋₁)·(x̂₀ − x̂₋₁))",
    evaluations: 1,
    order: 2,
    advice: "For networks of EDM, such as Playground v2.5; 20 steps do.",
  },
};

/** The stochastic DPM-Solver++ of audio networks that are told an angle. */
export const cosineDpmSolverMultistep: Row = {
  ...onSigmaRow,
  name: "cosine_dpm_multistep",
  className: "CosineDPMSolverMultistepScheduler",
  title: "Cosine DPM-Solver++",
  source: "Lu et al. 2022, arXiv:2211.01095; Evans et al. 2024, arXiv:2407.14358",
  options: {
    ...onSigma,
    sigma_min: 0.3,
    sigma_max: 500,
    sigma_data: 1,
    sigma_schedule: "exponential",
    prediction_type: "v_prediction",
  },
  only: {
    ...solvers,
    sigma_schedule: ["karras", "exponential"],
    prediction_type: ["epsilon", "v_prediction"],
    solver_order: [1, 2],
  },
  foreign: { solver_type: ["logrho", "bh1", "bh2"] },
  grid: (options, _, run) =>
    falling(options, edmLevels(options, run, (sigma) => 2 * Math.atan(Math.fround(sigma)) / Math.PI), 15),
  sampler: (x, steps, options, walk) =>
    dpmMultistepSampler(x, steps, { ...options, algorithm_type: "sde-dpmsolver++" }, walk),
  page: {
    formula: "x′ = (σ′²/σ²)·x + (1 − σ′²/σ²)·(x̂₀ + ½·(h/h₋₁)·(x̂₀ − x̂₋₁)) + σ′·√(1 − σ′²/σ²)·z",
    evaluations: 1,
    order: 2,
    advice: "For Stable Audio, with 100 steps; give it Brownian noise, so that more steps refine the same sound.",
  },
};
