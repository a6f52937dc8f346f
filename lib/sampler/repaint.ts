import { addNoise } from "../prediction/add_noise.ts";
import type { Step } from "../schedule/grid.ts";
import { mix, settle } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { zip } from "../tensor/zip.ts";
import { type Freshness, posterior } from "./freshness.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How a picture is painted anew around what is known of it. */
export type RepaintOptions = {
  /** The picture, and a mask in its shape: 1 where it is kept, 0 where it is made anew; without it all is. */
  readonly known?: { readonly image: Tensor; readonly mask: Tensor } | undefined;
  /** How much of the noise of what is made anew is fresh; none by default. */
  readonly freshness?: Freshness;
  /** Where fresh noise comes from. */
  readonly noise: Noise;
};

/**
 * Inpainting by a network that knows nothing of masks: after each step the kept part is the known picture, as noisy as the
 * rest. Steps to more noise ask nothing: they walk the forward process, so that both parts may meet again.
 *
 * Source: Lugmayr et al. 2022, arXiv:2201.09865, algorithm 1.
 *
 * @throws {RangeError} when picture or mask have another shape than the sample
 *
 * @example
 * ```ts
 * import { grid, levelAt, noiseSchedule, read, repaint, sample, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, 499, 749, 499, -1].map((time) => levelAt(schedule, time)));
 * const known = { image: tensor([2], new Float32Array([0.5, 0.5])), mask: tensor([2], new Float32Array([1, 0])) };
 * const run = sample(
 *   repaint(tensor([2]), steps, { known, noise: torchGenerator(0).randn }),
 *   (question) => Promise.resolve(read("v_prediction", tensor([2]), question)),
 * );
 * let turn = await run.next();
 * let asked = 0;
 * for (; !turn.done; turn = await run.next()) asked++;
 * console.assert(asked === 3 && turn.value.data[0] === 0.5);
 * ```
 */
export function* repaint(
  x: Tensor,
  steps: readonly Step[],
  { known, freshness = posterior(0), noise }: RepaintOptions,
): Sampler {
  for (const step of steps) {
    const [from, to] = step;
    if (to.sigma > from.sigma) {
      const left = to.alpha / from.alpha;
      // Worked out at once: the way up is long, and each of its noises would have to be kept until the end.
      x = settle(mix([left, x], [Math.sqrt(1 - left ** 2), noise(x.shape, from, to)]));
      continue;
    }
    const { image, noise: along } = yield { x, at: from };
    const { keep, fresh } = freshness(step);
    const drawn = noise(x.shape, from, to);
    const made = mix([1, addNoise(image, along, { ...to, sigma: keep })], [fresh, drawn]);
    if (known === undefined) x = made;
    else {
      const kept = zip(known.mask, addNoise(known.image, drawn, to), (mask, value) => mask * value);
      x = mix([1, kept], [1, zip(known.mask, made, (mask, value) => (1 - mask) * value)]);
    }
  }
  return x;
}
