import type { Neighbour } from "./nearest.ts";

/** Whether generated pictures are copies of the training set, measured by pictures that the training never saw. */
export type Copying = {
  /** `copies`: more of them than chance has. `nearer`: no copies, but nearer than unseen pictures lie. `new`: neither. */
  readonly verdict: "copies" | "nearer" | "new";
  /** The places of the generated pictures that lie much nearer to one training picture than to its surroundings. */
  readonly copies: readonly number[];
  /** The share of held-out pictures of which the same holds: what chance and double entries in the data bring. */
  readonly expected: number;
  /** How often a generated picture lies nearer to the training set than a held-out one, 0 to 1; ½ is as near. */
  readonly nearer: number;
  /** The same in standard deviations, 0 is as near; Meehan et al. call it copying from 3 on. */
  readonly z: number;
};

/** Carlini et al. 2023: nearer than half the mean distance of the nearest ones. */
const COPY = 0.5;
const SIGNIFICANT = 3;

/**
 * Memorised or new? Compares how near generated pictures lie to the training set with how near held-out pictures do.
 *
 * A picture counts as a copy when its nearest training picture is less than half as far as the nearest ones, up to
 * fifty, are on average (Carlini et al. 2023, arXiv:2301.13188). All pictures together are judged by the rank test of
 * Meehan, Chaudhuri and Dasgupta 2020 (arXiv:2004.05675). Pictures that are typical of their class lie near to many
 * training pictures and are copies of none: that is `nearer`, and what guidance does.
 *
 * @throws {RangeError} when there are no pictures on either side
 *
 * @example
 * ```ts
 * import { copying, nearestIn, torchGenerator } from "@unnoise/lib";
 *
 * const { randn } = torchGenerator(0);
 * const training = randn([60, 16]);
 * const search = nearestIn(training);
 * const heldOut = search(randn([40, 16]));
 * console.assert(copying(search(training), heldOut).verdict === "copies");
 * console.assert(copying(search(randn([40, 16])), heldOut).verdict === "new");
 * ```
 */
export function copying(generated: readonly Neighbour[], heldOut: readonly Neighbour[]): Copying {
  if (generated.length === 0 || heldOut.length === 0) {
    throw new RangeError(
      `Cannot compare ${generated.length} generated pictures with ${heldOut.length} held-out ones: expected some of both`,
    );
  }
  const copies = generated.flatMap((neighbour, i) => isCopy(neighbour) ? [i] : []);
  const chance = heldOut.filter(isCopy).length;
  const { nearer, z } = ranks(generated, heldOut);
  // Laplace's rule: none among few held-out pictures does not mean never.
  const share = (chance + 1) / (heldOut.length + 2);
  const deviation = Math.sqrt(generated.length * share * (1 - share));
  const copied = copies.length > generated.length * share + SIGNIFICANT * deviation;
  const verdict = copied ? "copies" : z > SIGNIFICANT ? "nearer" : "new";
  return { verdict, copies, expected: chance / heldOut.length, nearer, z };
}

function isCopy({ distance, crowd }: Neighbour): boolean {
  return distance < COPY * crowd;
}

/** Mann and Whitney's test, with ties counted half and taken out of the variance. */
function ranks(generated: readonly Neighbour[], heldOut: readonly Neighbour[]): Pick<Copying, "nearer" | "z"> {
  const [n, m] = [generated.length, heldOut.length];
  const all = [
    ...generated.map(({ distance }) => ({ distance, own: true })),
    ...heldOut.map(({ distance }) => ({ distance, own: false })),
  ].sort((a, b) => a.distance - b.distance);
  let [nearer, seen, ties] = [0, 0, 0];
  for (let from = 0; from < all.length;) {
    let [to, own] = [from, 0];
    for (; all[to]?.distance === all[from]!.distance; to++) own += all[to]!.own ? 1 : 0;
    const others = to - from - own;
    nearer += others * (seen + own / 2);
    seen += own;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const total = n + m;
  const variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
  return { nearer: nearer / (n * m), z: variance > 0 ? (nearer - n * m / 2) / Math.sqrt(variance) : 0 };
}
