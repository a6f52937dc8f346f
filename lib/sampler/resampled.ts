import type { Step } from "../schedule/grid.ts";
import { mix, settle } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How steps are taken again. */
export type ResampledOptions = {
  /** Makes the sampler that walks a part of the steps. */
  readonly sampler: (x: Tensor, steps: readonly Step[]) => Sampler;
  /** How often each step is taken. */
  readonly times: number;
  /** Where the noise of the way back comes from. */
  readonly noise: Noise;
};

/**
 * Any sampler, taking each step several times: after a step it adds the noise that leads back, and takes the step again,
 * so that what is made anew and what is known grow together.
 *
 * The way back is that of the forward process, `x = (α/α′)·x′ + √(σ² − (α/α′·σ′)²)·z`. The steps come as
 * `repeatedSteps` lists them.
 *
 * Source: Lugmayr et al. 2022, arXiv:2201.09865, algorithm 1 with jumps of one step.
 *
 * @example
 * ```ts
 * import { euler, repeatedSteps, resampled, type Step, tensor } from "@unnoise/lib";
 *
 * const steps: Step[] = [[{ time: 999, alpha: 0.6, sigma: 0.8 }, { time: 0, alpha: 1, sigma: 0 }]];
 * const sampler = resampled(tensor([1, 2]), repeatedSteps(steps, 3), {
 *   sampler: (x, steps) => euler(x, steps),
 *   times: 3,
 *   noise: (shape) => tensor(shape),
 * });
 * const { value } = sampler.next();
 * console.assert(value !== undefined && "at" in value && value.at.time === 999);
 * ```
 */
export function* resampled(
  x: Tensor,
  steps: readonly Step[],
  { sampler, times, noise }: ResampledOptions,
): Sampler {
  for (const [k, step] of steps.entries()) {
    const [from, to] = step;
    x = yield* sampler(x, [step]);
    if ((k + 1) % times === 0) continue;
    const left = from.alpha / to.alpha;
    const fresh = Math.sqrt(Math.max(0, from.sigma ** 2 - (left * to.sigma) ** 2));
    x = settle(mix([left, x], [fresh, noise(x.shape, to, from)]));
  }
  return x;
}

/**
 * Each step so many times over, with levels of its own, so that a frame knows which time it shows.
 *
 * @example
 * ```ts
 * import { repeatedSteps, type Step } from "@unnoise/lib";
 *
 * const steps: Step[] = [[{ time: 999, alpha: 0.6, sigma: 0.8 }, { time: 0, alpha: 1, sigma: 0 }]];
 * console.assert(repeatedSteps(steps, 3).length === 3);
 * ```
 */
export function repeatedSteps(steps: readonly Step[], times: number): Step[] {
  return steps.flatMap(([from, to, manner]) => {
    return Array.from(
      { length: times },
      (): Step => manner ? [{ ...from }, { ...to }, manner] : [{ ...from }, { ...to }],
    );
  });
}
