import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** What fixes the sampler of consistency models. */
export type ConsistencyOptions = {
  /** How much of the sample itself, and how much of the predicted image, makes the picture at a level. */
  readonly boundary: (at: Level) => { readonly skip: number; readonly out: number };
  /** Where fresh noise comes from. */
  readonly noise: Noise;
};

/**
 * Multistep consistency sampling: each answer is a finished picture, which gets the whole noise of the next level anew.
 *
 * The picture is `skip·x + out·x̂₀`, so that at the clean end of the times a sample is its own picture.
 *
 * Sources: Song et al. 2023, arXiv:2303.01469, algorithm 1; Luo et al. 2023, arXiv:2310.04378, eq. 9.
 *
 * @example
 * ```ts
 * import { consistency, grid, levelAt, noiseSchedule, read, stepper, tensor, torchGenerator } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * const steps = grid([999, -1].map((time) => levelAt(schedule, time)));
 * const boundary = () => ({ skip: 0.5, out: 0.5 });
 * const walk = stepper(consistency(tensor([1]), steps, { boundary, noise: torchGenerator(0).randn }));
 * const one = tensor([1], new Float32Array([1]));
 * console.assert(walk.step(read("sample", one, { ...walk.question!, x: one })).data[0] === 1);
 * ```
 */
export function* consistency(x: Tensor, steps: readonly Step[], { boundary, noise }: ConsistencyOptions): Sampler {
  for (const [from, to] of steps) {
    const here = yield { x, at: from };
    const { skip, out } = boundary(from);
    x = mix([to.alpha * skip, here.x], [to.alpha * out, here.image]);
    if (to.sigma > 0) x = mix([1, x], [to.sigma, noise(x.shape, from, to)]);
  }
  return x;
}
