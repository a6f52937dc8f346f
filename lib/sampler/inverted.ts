import type { Step } from "../schedule/grid.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { along } from "./move.ts";
import type { Sampler } from "./sampler.ts";

/** How closely a run is walked back. */
export type InvertedOptions = {
  /** How often each step is asked about, 2 by default: more comes closer to the noise that DDIM would begin in. */
  readonly rounds?: number;
};

/**
 * The way back: from an image to the noise out of which DDIM, along the same steps, makes it.
 *
 * A step of DDIM leads from `from` to `to` along the noise ε̂ that is predicted at `from`; to undo it one has to know what
 * would be predicted where one does not stand yet. The first round predicts at the level of `from` with the sample at
 * hand, each next one with the sample that came out.
 *
 * Source: Song et al. 2021, arXiv:2010.02502, section 4.3; the fixed-point rounds are Pan et al. 2023 (AIDI),
 * arXiv:2309.04907.
 *
 * @param steps the steps of the run, as it would be walked
 *
 * @example
 * ```ts
 * import { inverted, read, type Step, tensor } from "@unnoise/lib";
 *
 * const steps: Step[] = [[{ time: 999, alpha: 0.6, sigma: 0.8 }, { time: 0, alpha: 1, sigma: 0 }]];
 * const sampler = inverted(tensor([1, 1], new Float32Array([5])), steps, { rounds: 1 });
 * const question = sampler.next().value as { x: ReturnType<typeof tensor>; at: Step[0] };
 * const { value } = sampler.next(read("epsilon", tensor([1, 1], new Float32Array([1])), question));
 * console.assert(Math.abs((value as typeof question.x).data[0]! - 3.8) < 1e-6); // 0.6 · 5 + 0.8 · 1
 * ```
 */
export function* inverted(x: Tensor, steps: readonly Step[], { rounds = 2 }: InvertedOptions = {}): Sampler {
  for (const [from, to] of steps.toReversed()) {
    let guess = x;
    for (let round = 0; round < rounds; round++) {
      const { noise } = yield { x: guess, at: from };
      guess = along(x, noise, to, from);
    }
    x = guess;
  }
  return x;
}
