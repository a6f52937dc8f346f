import { posterior } from "../../sampler/freshness.ts";
import { repaint } from "../../sampler/repaint.ts";
import type { Step } from "../../schedule/grid.ts";
import { levelAt } from "../../schedule/level.ts";
import { spacedTimes } from "../../schedule/spacing.ts";
import type { Row } from "../row.ts";
import { strideOf } from "../strides.ts";

/** RePaint: inpainting that goes back and forth, so that what is made anew fits what is kept. */
export const rePaint: Row = {
  name: "repaint",
  className: "RePaintScheduler",
  title: "RePaint",
  source: "Lugmayr et al. 2022, arXiv:2201.09865",
  family: "diffusion",
  options: {
    num_train_timesteps: 1000,
    beta_schedule: "linear",
    beta_start: 0.0001,
    beta_end: 0.02,
    trained_betas: null,
    eta: 0,
    clip_sample: true,
  },
  only: { beta_schedule: ["linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid"] },
  runs: ["jumpLength", "jumpCount"],
  given: { known: undefined },
  path: () => "variance_preserving",
  grid(options, schedule, { count = 0, jumpLength = 10, jumpCount = 10 }) {
    const times = spacedTimes("leading", count, { trainSteps: options.num_train_timesteps });
    const stride = strideOf(options, count);
    const level = (time: number) => levelAt(schedule, Math.max(time, -1));
    const jumped = new Map<number, number>();
    const steps: Step[] = [];
    for (let i = times.length - 1; i >= 0; i--) {
      steps.push([level(i * stride), level((i - 1) * stride)]);
      const jumps = jumped.get(i) ?? 0;
      if (i % jumpLength > 0 || i >= count - jumpLength || jumps >= jumpCount - 1) continue;
      jumped.set(i, jumps + 1);
      // The way up is that of the forward process, time by time. diffusers begins it one stride above where it stands.
      for (let up = 0; up < jumpLength * stride; up++) {
        const time = i * stride + up;
        steps.push([level(time - 1), level(time)]);
      }
      i += jumpLength;
    }
    return steps;
  },
  reading: () => "epsilon",
  clipsConsistently: false,
  scalesInput: false,
  sampler(x, steps, { eta }, { noise, given: { known } }) {
    return repaint(x, steps, { known, noise, freshness: posterior(eta) });
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = m·(α′·x₀ + σ′·z) + (1 − m)·(α′·x̂₀ + √(σ′² − s²)·ε̂ + s·z);  back: x = √(1 − β)·x′ + √β·z",
    evaluations: 1,
    order: 1,
    advice:
      "Inpainting with a network that was never trained for it; with its jumps it asks nearly ten times as often as a plain run.",
  },
};
