import { mix, write } from "../tensor/mix.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { torchGenerator } from "./normal.ts";
import { checkedSeed } from "./seed.ts";
import { seedSequence } from "./seed_sequence.ts";

/** Between which times a Brownian path runs. */
export type BrownianInterval = {
  /** Where it starts. */
  readonly min: number;
  /** Where it ends; more than `min`. */
  readonly max: number;
};

/** How far a Brownian path walks from a time to another, in a shape: of the variance of the time between. */
export type Brownian = (shape: readonly number[], from: number, to: number) => Tensor;

/**
 * A Brownian path W over an interval: gives `W(to) − W(from)`, which seed, shape, interval and the two times determine,
 * whatever was asked before. So two steps are one longer step, and a finer run follows the path of a coarser one.
 *
 * Nothing is remembered: W(t) is a weighted sum of some fifty noises, one a halving of the interval down to a millionth,
 * each with a seed of its own. Equal to `torchsde.BrownianTree(min, 0, max, entropy=seed)` to 1e−6, which k-diffusion's and
 * diffusers' SDE samplers draw from, where the times are equal; a time that is off by a millionth is another time.
 *
 * Sources: Lévy's construction by bridges; Li et al. 2020, arXiv:2001.01328, section 4 (the virtual Brownian tree).
 *
 * @param seed a whole number from 0 to 2⁵³ − 1
 * @throws {RangeError} when the seed is anything else, the interval is empty, or a time lies outside by more than rounding
 *
 * @example
 * ```ts
 * import { brownian } from "@unnoise/lib";
 *
 * const walk = brownian(0, { min: 0, max: 15 });
 * const [once, first, second] = [walk([1], 9, 2), walk([1], 9, 5), walk([1], 5, 2)].map(({ data }) => data[0]!);
 * console.assert(Math.abs(once! - first! - second!) < 1e-5);
 * ```
 */
export function brownian(seed: number, { min, max }: BrownianInterval): Brownian {
  checkedSeed(seed);
  if (!(min < max)) throw new RangeError(`Cannot walk from ${min} to ${max}: expected the end after the start`);

  function checked(time: number): number {
    const slack = 1e-5 * (max - min);
    if (time >= min - slack && time <= max + slack) return Math.min(max, Math.max(min, time));
    throw new RangeError(`Cannot find a Brownian path at ${time}: expected a time from ${min} to ${max}`);
  }

  return (shape, from, to) => {
    const weights = place(checked(to), { min, max });
    for (const [node, weight] of place(checked(from), { min, max })) {
      weights.set(node, (weights.get(node) ?? 0) - weight);
    }
    const sum = tensor(shape);
    // In one order always, so that the way back is exactly the way there.
    for (const [node, weight] of [...weights].sort(([a], [b]) => a - b)) {
      if (weight !== 0) write(mix([1, sum], [weight, torchGenerator(seedOf(seed, node)).randn(shape)]), sum.data);
    }
    return sum;
  };
}

/**
 * What W(time) is the sum of: the weight of each noise. Noise 0 says where the path ends; noise n says where it lies in the
 * middle of interval n, whose halves are intervals 2n and 2n + 1.
 */
function place(time: number, { min, max }: BrownianInterval): Map<number, number> {
  const wanted = round(time);
  let [start, end, node] = [round(min), round(max), 1];
  const length = Math.sqrt(max - min);
  if (wanted === start) return new Map();
  if (wanted === end) return new Map([[0, length]]);
  let whole = new Map([[0, length]]);
  const sum = new Map<number, number>();
  for (;;) {
    const middle = round(0.5 * (start + end));
    const part = (middle - start) / (end - start);
    const spread = Math.sqrt((middle - start) * (end - middle) / (end - start));
    const halves = [times(part, whole).set(node, spread), times(1 - part, whole).set(node, -spread)] as const;
    if (wanted >= middle) { for (const [noise, weight] of halves[0]) sum.set(noise, (sum.get(noise) ?? 0) + weight); }
    if (wanted === middle) return sum;
    if (wanted < middle) [whole, end, node] = [halves[0], middle, 2 * node];
    else [whole, start, node] = [halves[1], middle, 2 * node + 1];
  }
}

const times = (factor: number, weights: ReadonlyMap<number, number>) => {
  return new Map(Array.from(weights, ([node, weight]) => [node, factor * weight]));
};

function seedOf(entropy: number, node: number): number {
  const depth = Math.floor(Math.log2(node));
  const spawnKey = node === 0 ? [] : [node - 2 ** depth, depth];
  return seedSequence(1, { entropy, spawnKey, poolSize: 24 })[0]!;
}

/** To a millionth, and where two are as near to the even one, as Python rounds. */
function round(time: number): number {
  if (Math.abs(time * 128 % 2) !== 1) return Number(time.toFixed(6));
  const below = Math.floor(time * 1e6);
  return (below + Math.abs(below % 2)) / 1e6;
}
