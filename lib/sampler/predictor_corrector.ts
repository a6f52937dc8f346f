import type { Step } from "../schedule/grid.ts";
import { mix } from "../tensor/mix.ts";
import { meanNorm } from "../tensor/mean_norm.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** What fixes a predictor and its corrector. */
export type PredictorCorrectorOptions = {
  /** One step of the reverse equation: by which factor the sample grows, and the variance that the step takes from it. */
  readonly predictor: (step: Step) => { readonly grow: number; readonly variance: number };
  /** How often a sample is corrected before each step; never by default. */
  readonly corrections?: number;
  /** The length of a correction, as a share of that of its noise. */
  readonly snr?: number;
  /** Where fresh noise comes from. */
  readonly noise: Noise;
};

/**
 * Steps along the reverse of a stochastic equation by the score s = −noise/σ, each after some steps of Langevin dynamics
 * that bring the sample closer to what its level should look like. Predictor and corrector both ask at the level where the
 * step begins.
 *
 * Predictor `x′ = grow·x + v·s + √v·z`, corrector `x ← x + ε·s + √(2ε)·z` with `ε = 2(snr·‖z‖/‖s‖)²`. No noise follows the step
 * to a clean end.
 *
 * Source: Song et al. 2020, arXiv:2011.13456, algorithms 2 to 5.
 *
 * @example
 * ```ts
 * import { predictorCorrector, read, stepper, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const [from, to] = [{ time: 1, alpha: 1, sigma: 2 }, { time: 0, alpha: 1, sigma: 0 }];
 * const predictor = () => ({ grow: 1, variance: 4 });
 * const walk = stepper(predictorCorrector(tensor([1]), [[from, to]], { predictor, noise: torchGenerator(0).randn }));
 * const x = tensor([1], new Float32Array([2]));
 * console.assert(walk.step(read("epsilon", tensor([1], new Float32Array([1])), { x, at: from })).data[0] === 0);
 * ```
 */
export function* predictorCorrector(
  x: Tensor,
  steps: readonly Step[],
  { predictor, corrections = 0, snr = 0, noise }: PredictorCorrectorOptions,
): Sampler {
  for (const step of steps) {
    const [from, to] = step;
    // Where it is asked about again, a level is another one, so that a step begins with the first of its questions.
    let at = from;
    for (let i = 0; i < corrections; i++) {
      const here = yield { x, at };
      at = { ...from };
      const drawn = noise(x.shape, from, from);
      const length = 2 * (snr * from.sigma * meanNorm(drawn) / meanNorm(here.noise)) ** 2;
      x = mix([1, here.x], [-length / from.sigma, here.noise], [Math.sqrt(2 * length), drawn]);
    }
    const here = yield { x, at };
    const { grow, variance } = predictor(step);
    x = mix([grow, here.x], [-variance / from.sigma, here.noise]);
    if (to.sigma > 0) x = mix([1, x], [Math.sqrt(variance), noise(x.shape, from, to)]);
  }
  return x;
}
