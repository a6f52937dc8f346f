import type { Step } from "../schedule/grid.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { along } from "./move.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Heun's method: takes Euler's step, asks again at its end, and goes along the mean of both predicted noises. A step that
 * ends clean is Euler's.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, algorithm 1.
 *
 * @example
 * ```ts
 * import { grid, heun, levelOf, read, sample, tensor } from "@unnoise/lib";
 *
 * const steps = grid([8, 2, 0].map((sigma, i) => levelOf(sigma, "variance_exploding", i)));
 * const asked: number[] = [];
 * const run = sample(heun(tensor([1]), steps), (question) => Promise.resolve(read("epsilon", question.x, question)));
 * for await (const { at } of run) asked.push(at.sigma);
 * console.assert(asked.join() === "8,2,2");
 * ```
 */
export function* heun(x: Tensor, steps: readonly Step[]): Sampler {
  const keep = keeper(2);
  for (const [from, to] of steps) {
    const here = yield { x, at: from };
    if (to.sigma === 0) {
      x = along(here.x, here.noise, from, to);
      continue;
    }
    const [start, first] = [keep(here.x), keep(here.noise)];
    const there = yield { x: along(start, first, from, to), at: to };
    x = along(start, mix([1 / 2, first], [1 / 2, there.noise]), from, to);
  }
  return x;
}
