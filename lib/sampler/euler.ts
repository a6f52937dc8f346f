import { addNoise } from "../prediction/add_noise.ts";
import type { Step } from "../schedule/grid.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Freshness, posterior } from "./freshness.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How a first-order sampler treats noise. */
export type EulerOptions = {
  /** How much of the noise is fresh; none by default. */
  readonly freshness?: Freshness;
  /** Where fresh noise comes from; needed as soon as any is fresh. */
  readonly noise?: Noise;
};

/**
 * The first-order sampler: take the predicted image and noise at their word and mix them at the next level.
 *
 * On a variance-preserving path this is DDIM, and DDPM when the noise is fresh; on a variance-exploding one it is Euler's
 * method. Without fresh noise all are one and the same: `x′ = α′·x̂₀ + σ′·ε̂`.
 *
 * Sources: DDPM arXiv:2006.11239, alg. 2; DDIM arXiv:2010.02502, eq. 12; Euler arXiv:2206.00364, alg. 2.
 *
 * @throws {TypeError} when noise is to be fresh and no source of it is given
 *
 * @example
 * ```ts
 * import { euler, grid, levelAt, noiseSchedule, sample, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, 499, -1].map((time) => levelAt(schedule, time)));
 * const black = tensor([1, 1, 4, 4], new Float32Array(16).fill(-1));
 * const sampler = euler(torchGenerator(0).randn(black.shape), steps);
 * for await (const { image } of sample(sampler, ({ x }) => Promise.resolve({ x, image: black, noise: x, raw: x }))) {
 *   console.assert(image === black);
 * }
 * ```
 */
export function* euler(
  x: Tensor,
  steps: readonly Step[],
  { freshness = posterior(0), noise }: EulerOptions = {},
): Sampler {
  for (const step of steps) {
    const [from, to] = step;
    const prediction = yield { x, at: from };
    const { keep, fresh } = freshness(step);
    x = addNoise(prediction.image, prediction.noise, { ...to, sigma: keep });
    if (fresh === 0) continue;
    if (noise === undefined) throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
    x = mix([1, x], [fresh, noise(x.shape, from, to)]);
  }
  return x;
}
