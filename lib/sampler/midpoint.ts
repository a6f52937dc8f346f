import type { Step } from "../schedule/grid.ts";
import type { Level } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Freshness, posterior } from "./freshness.ts";
import { along, toward } from "./move.ts";
import type { Noise, Sampler } from "./sampler.ts";

/** How a midpoint sampler goes on, and how it treats noise. */
export type MidpointOptions = {
  /** What is taken from the middle of a step: the noise predicted there (DPM-Solver), by default, or the image (++). */
  readonly predicts?: "noise" | "image";
  /** How much of the noise is fresh at the end of a step; none by default. */
  readonly freshness?: Freshness;
  /** Whether fresh noise is added on the way to the middle, too; false by default. */
  readonly stirsMiddle?: boolean;
  /** Where fresh noise comes from; needed as soon as any is fresh. */
  readonly noise?: Noise;
};

/**
 * The midpoint method: goes to the middle of a step, asks there, and takes the whole step by what it hears.
 *
 * The grid says where the middle is: the levels that a step is `via`. A step without is Euler's.
 *
 * Sources: DPM-Solver-2, Lu et al. 2022, arXiv:2206.00927, algorithm 1; DPM-Solver++(2S), arXiv:2211.01095; with fresh noise,
 * Karras et al. 2022, arXiv:2206.00364.
 *
 * @throws {TypeError} when noise is to be fresh and no source of it is given
 *
 * @example
 * ```ts
 * import { levelOf, midpoint, read, sample, type Step, tensor } from "@unnoise/lib";
 *
 * const [from, middle, to] = [8, 4, 2].map((sigma, i) => levelOf(sigma, "variance_exploding", i));
 * const steps: Step[] = [[from!, to!, { via: [middle!, middle!] }]];
 * const asked: number[] = [];
 * const run = sample(midpoint(tensor([1]), steps), (question) => Promise.resolve(read("epsilon", question.x, question)));
 * for await (const { at } of run) asked.push(at.sigma);
 * console.assert(asked.join() === "8,4");
 * ```
 */
export function* midpoint(
  x: Tensor,
  steps: readonly Step[],
  { predicts = "noise", freshness = posterior(0), stirsMiddle = false, noise }: MidpointOptions = {},
): Sampler {
  const keep = keeper(1);
  const move = predicts === "noise" ? along : toward;
  const arrive = (x: Tensor, guess: Tensor, from: Level, to: Level, how = freshness) => {
    const split = how([from, to]);
    const arrived = move(x, guess, from, { ...to, sigma: split.keep });
    if (split.fresh === 0) return arrived;
    if (noise === undefined) throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
    return mix([1, arrived], [split.fresh, noise(x.shape, from, to)]);
  };
  for (const [from, to, { via } = {}] of steps) {
    const here = yield { x, at: from };
    if (via === undefined) {
      x = arrive(here.x, here[predicts], from, to);
      continue;
    }
    const start = keep(here.x);
    const [middle, at] = via;
    const there = yield { x: arrive(here.x, here[predicts], from, middle, stirsMiddle ? freshness : posterior(0)), at };
    x = arrive(start, there[predicts], from, to);
  }
  return x;
}
