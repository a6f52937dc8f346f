import { euler } from "../../sampler/euler.ts";
import { grid } from "../../schedule/grid.ts";
import { levelAt } from "../../schedule/level.ts";
import { spacedTimes } from "../../schedule/spacing.ts";
import type { Row } from "../row.ts";
import { training } from "../training.ts";

/** Euler's method. */
export const eulerDiscrete: Row = {
  name: "euler",
  className: "EulerDiscreteScheduler",
  title: "Euler",
  source: "Karras et al. 2022, arXiv:2206.00364, algorithm 2",
  family: "diffusion",
  options: {
    ...training,
    timestep_spacing: "linspace",
    steps_offset: 0,
    interpolation_type: "linear",
    timestep_type: "discrete",
    final_sigmas_type: "zero",
  },
  path: () => "variance_exploding",
  grid(options, schedule, { count = 0 }) {
    const { timestep_spacing, num_train_timesteps: trainSteps, steps_offset: offset } = options;
    const times = spacedTimes(timestep_spacing, count, { trainSteps, offset, whole: false });
    const levels = times.map((time) => levelAt(schedule, time, "variance_exploding"));
    const lowest = levelAt(schedule, options.final_sigmas_type === "zero" ? -1 : 0, "variance_exploding");
    return grid([...levels, { ...lowest, time: -1 }]);
  },
  scalesInput: true,
  sampler: (x, steps, _, { noise }) => euler(x, steps, { noise }),
  initNoiseSigma: ({ timestep_spacing }, { alpha, sigma }) => {
    return timestep_spacing === "leading" ? Math.hypot(alpha, sigma) : sigma;
  },
  page: {
    formula: "x′ = x̂₀ + σ′·ε̂",
    evaluations: 1,
    order: 1,
    advice: "Fast and plain; with 20 to 30 steps a good first look at any model.",
  },
};
