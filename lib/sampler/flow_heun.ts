import type { Prediction } from "../prediction/prediction.ts";
import type { Step } from "../schedule/grid.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Churn, stir } from "./churn.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How Heun's sampler of flows treats noise. */
export type FlowHeunOptions = {
  /** How much noise is added before each step, shared out among all questions of a run; none by default. */
  readonly churn?: Churn;
  /** Where that noise comes from. */
  readonly noise?: Noise;
};

/**
 * Heun's method along a rectified flow: its velocity is that at both ends of a step, averaged.
 *
 * `x′ = x̂ + (σ′ − σ̂)·½(v·σ/σ̂ + v′)` with v = noise − image and, without churn, x̂ = x and σ̂ = σ. The last step, to a clean
 * end, has the first half alone.
 *
 * Sources: Karras et al. 2022, arXiv:2206.00364, algorithm 2; Esser et al. 2024, arXiv:2403.03206.
 *
 * @throws {TypeError} when there is a churn and no source of noise
 *
 * @example
 * ```ts
 * import { flowHeun, grid, levelOf, read, stepper, tensor } from "@unnoise/lib";
 *
 * const steps = grid([1, 0.5, 0].map((sigma) => levelOf(sigma, "rectified_flow", sigma)));
 * const walk = stepper(flowHeun(tensor([1]), steps));
 * const velocity = tensor([1], new Float32Array([2]));
 * let x = tensor([1]);
 * for (; walk.question; x = walk.step(read("flow_prediction", velocity, { ...walk.question, x }))) ;
 * console.assert(x.data[0] === -2);
 * ```
 */
export function* flowHeun(x: Tensor, steps: readonly Step[], { churn, noise }: FlowHeunOptions = {}): Sampler {
  const keep = keeper(2);
  for (const [from, to] of steps) {
    const here = yield { x, at: from };
    // Only the σ of this level grows: the sample leaves the flow for a while, and nobody asks about it there.
    const hat = churn?.level(from, 2 * steps.length - 1) ?? from;
    const start = stir(here.x, from, hat, { ...churn, noise });
    const slope = mix([from.sigma / hat.sigma, velocity(here)]);
    if (to.sigma === 0) {
      x = mix([1, start], [-hat.sigma, slope]);
      continue;
    }
    const [kept, first] = [keep(start), keep(slope)];
    const there = yield { x: mix([1, kept], [to.sigma - hat.sigma, first]), at: to };
    // diffusers draws once more before the second half, for nothing.
    if (hat.sigma > from.sigma) noise?.(kept.shape, from, to);
    const half = (to.sigma - hat.sigma) / 2;
    x = mix([1, kept], [half, first], [half, velocity(there)]);
  }
  return x;
}

function velocity({ image, noise }: Prediction): Tensor {
  return mix([1, noise], [-1, image]);
}
