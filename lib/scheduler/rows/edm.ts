import { churn, lateChurn } from "../../sampler/churn.ts";
import { euler } from "../../sampler/euler.ts";
import { grid } from "../../schedule/grid.ts";
import { edmLevels } from "../edm_levels.ts";
import type { Row } from "../row.ts";

/** Euler's method for networks that were trained on σ. */
export const edmEuler: Row = {
  name: "edm_euler",
  className: "EDMEulerScheduler",
  title: "EDM Euler",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2",
  family: "edm",
  options: {
    sigma_min: 0.002,
    sigma_max: 80,
    sigma_data: 0.5,
    sigma_schedule: "karras",
    num_train_timesteps: 1000,
    prediction_type: "epsilon",
    rho: 7,
    final_sigmas_type: "zero",
  },
  only: { prediction_type: ["epsilon", "v_prediction"], sigma_schedule: ["karras", "exponential"] },
  given: { sChurn: 0, sTmin: 0, sTmax: Infinity, sNoise: 1 },
  refuse: ({ sigma_min }) => sigma_min === 0 && "found sigma_min = 0, expected a number above 0",
  path: () => "variance_exploding",
  grid: (options, _, run) => grid(edmLevels(options, run)),
  reading: ({ prediction_type }) => prediction_type === "epsilon" ? "preconditioned" : "v_prediction",
  scalesInput: true,
  sampler(x, steps, _, { noise, read, given }) {
    const { sChurn: amount = 0, sTmin: min = 0, sTmax: max = Infinity, sNoise: scale = 1 } = given;
    if (amount === 0) return euler(x, steps);
    return lateChurn(x, steps, { churn: churn({ amount, min, max, scale }), noise, read });
  },
  initNoiseSigma: ({ sigma_max }) => Math.hypot(1, sigma_max!),
  page: {
    formula: "x′ = x̂₀ + σ′·ε̂",
    evaluations: 1,
    order: 1,
    advice: "The plain choice for EDM's networks; DPM-Solver++ needs half of its steps.",
  },
};
