import { euler } from "../../sampler/euler.ts";
import { posterior } from "../../sampler/freshness.ts";
import { grid } from "../../schedule/grid.ts";
import type { Level } from "../../schedule/level.ts";
import type { Options } from "../options.ts";
import type { Row } from "../row.ts";
import { unitTimes } from "../strides.ts";

/** DDPM as Würstchen and Stable Cascade have it: along a cosine in continuous time. */
export const ddpmWuerstchen: Row = {
  name: "ddpm_wuerstchen",
  className: "DDPMWuerstchenScheduler",
  title: "DDPM, Würstchen",
  source: "Pernias et al. 2023, arXiv:2306.00637",
  family: "prior",
  options: { scaler: 1, s: 0.008 },
  runs: ["timesteps"],
  path: () => "variance_preserving",
  // Of a list of times the last is not asked at, but where the run ends.
  grid: (options, _, { timesteps, count = 0 }) =>
    grid((timesteps ?? unitTimes(count)).map((time) => cosine(options, time))),
  reading: () => "epsilon",
  scalesInput: false,
  sampler(x, steps, _, { noise }) {
    return euler(x, steps, {
      noise,
      freshness(step) {
        const { keep, fresh } = posterior(1)(step);
        // Between two levels that are alike none is fresh: diffusers draws all the same.
        return { keep, fresh: step[1].time === 0 ? 0 : Math.max(fresh, Number.MIN_VALUE) };
      },
    });
  },
  initNoiseSigma: () => 1,
  page: {
    formula: "x′ = α′·x̂₀ + √(σ′² − s²)·ε̂ + s·z,  α² = cos²(π/2·(t + s₀)/(1 + s₀))/cos²(π/2·s₀/(1 + s₀))",
    evaluations: 1,
    order: 1,
    advice:
      "For Würstchen's and Stable Cascade's priors and decoders, whose times run from 1 to 0; 20 steps and 10 do.",
  },
};

/** The level at a time from 0 to 1: never quite clean and never without signal. */
function cosine({ scaler, s }: Options, time: number): Level {
  const bent = scaler > 1 ? 1 - (1 - time) ** scaler : time ** scaler;
  const signal = (Math.cos((bent + s) / (1 + s) * Math.PI / 2) / Math.cos(s / (1 + s) * Math.PI / 2)) ** 2;
  const kept = Math.min(0.9999, Math.max(0.0001, signal));
  return { time, alpha: Math.sqrt(kept), sigma: Math.sqrt(1 - kept) };
}
