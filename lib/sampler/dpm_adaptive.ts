import type { Level } from "../schedule/level.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import { sizeOf, type Tensor } from "../tensor/tensor.ts";
import type { Seen } from "./exponential_move.ts";
import { exactMoments, exponentialWeights, type Moments } from "./exponential_weights.ts";
import { along, lambdaStep } from "./move.ts";
import type { Sampler } from "./sampler.ts";

/** How an adaptive run chooses its steps. */
export type DpmAdaptiveOptions = {
  /** The level a share of the way through λ from one level to another. */
  readonly between: (from: Level, to: Level, share: number) => Level;
  /** The order of the method, 2 or 3, the default. */
  readonly order?: 2 | 3;
  /** How far a step may err, as a share of a value; 0.05 by default. */
  readonly relative?: number;
  /** How far it may err where values are small; 0.0078 by default, a shade of grey. */
  readonly absolute?: number;
  /** The length of the first step that is tried, in λ; 0.05 by default. */
  readonly length?: number;
};

/** Of a step that is too inaccurate, the control says to shorten it below this share. */
const ACCEPTED = 0.81;

/**
 * DPM-Solver-12 and -23: chooses its own steps. Each is taken in two orders; how far these differ says whether it counts,
 * and how long the next is to be.
 *
 * It asks as often as it has to, which nobody can tell beforehand: drive it with `sample`. The run must end above σ = 0.
 *
 * Source: Lu et al. 2022, arXiv:2206.00927, appendix C.
 *
 * @throws {RangeError} when an end is clean, or the sample has no values, as where questions are to be listed in advance
 *
 * @example
 * ```ts
 * import { dpmAdaptive, levelOf, read, sample, tensor } from "@unnoise/lib";
 *
 * const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
 * const sampler = dpmAdaptive(tensor([1], new Float32Array([4])), [level(4), level(1)], {
 *   between: (from, to, share) => level(from.sigma ** (1 - share) * to.sigma ** share),
 * });
 * for await (const { at } of sample(sampler, (question) => {
 *   return Promise.resolve(read("epsilon", tensor([1], new Float32Array([1])), question));
 * })) console.assert(at.sigma >= 1);
 * ```
 */
export function* dpmAdaptive(
  x: Tensor,
  [first, last]: readonly [Level, Level],
  { between, order = 3, relative = 0.05, absolute = 0.0078, length = 0.05 }: DpmAdaptiveOptions,
): Sampler {
  if (!(first.sigma > 0 && last.sigma > 0)) {
    throw new RangeError(`Cannot adapt steps from σ = ${first.sigma} to ${last.sigma}: expected both above 0`);
  }
  if (sizeOf(x.shape) === 0) {
    throw new RangeError(
      "Cannot tell the questions of an adaptive run in advance: expected it to be driven by sample()",
    );
  }
  const [keepStart, keepLow, keepNoise, keepStage] = [keeper(2), keeper(2), keeper(1), keeper(2)];
  const places = order === 2 ? [1 / 2] : [1 / 3, 2 / 3];
  let [from, before] = [first, x];
  while (lambdaStep(from, last) > 1e-5) {
    const here = yield { x, at: from };
    const start = keepStart(here.x);
    const known = { at: from, guess: keepNoise(here.noise) };
    if (from === first) before = start;
    for (;;) {
      const whole = lambdaStep(from, last);
      const to = length >= whole ? last : between(from, last, length / whole);
      const seen: Seen[] = [known];
      for (const place of places) {
        const at = between(from, to, place);
        const { noise } = yield { x: move(start, from, at, [known, ...seen.slice(1).slice(-1)]), at };
        seen.push({ at, guess: keepStage(noise) });
      }
      const low = keepLow(move(start, from, to, seen.slice(0, -1), midpoint));
      const high = move(start, from, to, [known, seen.at(-1)!], order === 2 ? midpoint : exactMoments);
      const error = difference(low, high, before, absolute, relative);
      const factor = 1 + Math.atan((1 / (error + 1e-8)) ** (1 / order) - 1);
      length *= factor;
      if (factor < ACCEPTED) continue;
      [x, from, before] = [high, to, low];
      break;
    }
  }
  return x;
}

const midpoint: Moments = (_, nodes) => nodes.slice(1).map(() => 1 / 2);

function move(x: Tensor, from: Level, to: Level, seen: readonly Seen[], moments: Moments = exactMoments): Tensor {
  const length = lambdaStep(from, to);
  const weights = exponentialWeights(moments, length, seen.map(({ at }) => lambdaStep(from, at)), length);
  const [head, ...others] = seen.map(({ guess }, i) => [weights[i]!, guess] as const);
  return along(x, mix(head!, ...others), from, to);
}

/** How far two samples differ, in units of what is allowed: 1 is just so. */
function difference(low: Tensor, high: Tensor, before: Tensor, absolute: number, relative: number): number {
  const [a, b, c] = [low.data, high.data, before.data];
  const sum = a.reduce((sum, value, i) => {
    const allowed = Math.max(absolute, relative * Math.max(Math.abs(value), Math.abs(c[i]!)));
    return sum + ((value - b[i]!) / allowed) ** 2;
  }, 0);
  return Math.sqrt(sum / a.length);
}
