import { addNoise } from "../prediction/add_noise.ts";
import type { Step } from "../schedule/grid.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { zip } from "../tensor/zip.ts";
import { type Freshness, posterior } from "./freshness.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How large the fresh noise of a step is, for each value of what the network said of it. */
export type Deviation = (step: Step) => (said: number) => number;

/** How fresh noise is drawn by a network that learned how much. */
export type LearnedVarianceOptions = {
  /** What the network's word means: `learned` or `learnedRange`. */
  readonly deviation: Deviation;
  /** How much is kept of the predicted noise, which the network has no say in; as DDPM does by default. */
  readonly freshness?: Freshness;
  /** Where fresh noise comes from. */
  readonly noise: Noise;
};

/**
 * The network says the variance itself. It cannot be below 0.
 *
 * @example
 * ```ts
 * import { learned } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
 * console.assert(learned(step)(0.25) === 0.5);
 * ```
 */
export function learned(_step: Step): (said: number) => number {
  return (said) => Math.sqrt(Math.max(0, said));
}

/**
 * The network says where the variance lies, on a logarithmic scale, between the two that DDPM knows: −1 is that of the
 * posterior, 1 the β of the step.
 *
 * Source: Nichol and Dhariwal 2021, arXiv:2102.09672, eq. 15.
 *
 * @example
 * ```ts
 * import { learnedRange } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
 * console.assert(Math.abs(learnedRange(step)(1) ** 2 - (1 - (0.6 / 0.8) ** 2)) < 1e-9);
 * ```
 */
export function learnedRange([from, to]: Step): (said: number) => number {
  const beta = 1 - (from.alpha / to.alpha) ** 2;
  // The posterior of a step to a clean picture has no variance; diffusers takes this one for its logarithm.
  const least = Math.log(Math.max(1e-20, beta * (to.sigma / from.sigma) ** 2));
  const most = Math.log(beta);
  return (said) => Math.exp((least + (most - least) * (said + 1) / 2) / 2);
}

/**
 * DDPM with a network that also learned how much noise is fresh, value by value. No noise follows the step that starts at
 * time 0.
 *
 * Source: Nichol and Dhariwal 2021, arXiv:2102.09672, section 3.1.
 *
 * @throws {TypeError} when a prediction says nothing of the variance
 *
 * @example
 * ```ts
 * import { grid, learned, learnedVariance, levelAt, noiseSchedule, read, stepper, tensor } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const [x, noise] = [tensor([1]), tensor([1], new Float32Array([1]))];
 * const steps = grid([999, 499].map((time) => levelAt(schedule, time)));
 * const walk = stepper(learnedVariance(x, steps, { deviation: learned, noise: () => noise }));
 * const next = walk.step({ ...read("v_prediction", x, walk.question!), variance: tensor([1], new Float32Array([0.25])) });
 * console.assert(next.data[0] === 0.5);
 * ```
 */
export function* learnedVariance(
  x: Tensor,
  steps: readonly Step[],
  { deviation, freshness = posterior(1), noise }: LearnedVarianceOptions,
): Sampler {
  for (const step of steps) {
    const [from, to] = step;
    const { image, noise: along, variance } = yield { x, at: from };
    if (variance === undefined) {
      throw new TypeError(
        "Cannot draw as much noise as the network learned: it said nothing of it, expected a variance",
      );
    }
    x = addNoise(image, along, { ...to, sigma: freshness(step).keep });
    if (from.time <= 0) continue;
    const size = deviation(step);
    x = mix([1, x], [1, zip(variance, noise(x.shape, from, to), (said, fresh) => size(said) * fresh)]);
  }
  return x;
}
