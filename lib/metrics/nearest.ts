import { sameShape, sizeOf, type Tensor } from "../tensor/tensor.ts";

/** The nearest of a set to one picture. */
export type Neighbour = {
  /** Its place in the set. */
  readonly index: number;
  /** How far away it is: the root of the sum of squared differences. */
  readonly distance: number;
  /** How far away the nearest ones are on average, a fiftieth of the set but from two to fifty: how crowded it is. */
  readonly crowd: number;
};

const [SMALLEST_CROWD, LARGEST_CROWD, CROWD_OF] = [2, 50, 50];
/** How many values are told by their sum, before any is looked at alone. */
const STRETCH = 16;

/**
 * A search for the nearest of a set, to each picture or each row of features that it is then given.
 *
 * @param set `[count, …]`, at least one
 * @throws {RangeError} when the set is empty, or (from the search) when the sizes differ
 *
 * @example
 * ```ts
 * import { nearestIn, tensor } from "@unnoise/lib";
 *
 * const search = nearestIn(tensor([3, 2], new Float32Array([0, 0, 3, 4, 9, 9])));
 * const [neighbour] = search(tensor([1, 2], new Float32Array([3, 5])));
 * console.assert(neighbour!.index === 1 && neighbour!.distance === 1);
 * ```
 */
export function nearestIn(set: Tensor): (pictures: Tensor) => Neighbour[] {
  const [total = 0, ...item] = set.shape;
  if (total === 0) throw new RangeError("Cannot find the nearest picture of a set: it is empty, expected at least one");
  const size = sizeOf(item);
  const sums = stretchSums(set.data, size);
  return ({ data, shape: [count = 0, ...other] }) => {
    if (!sameShape(item, other)) {
      throw new RangeError(
        `Cannot find the nearest picture: found shape [${other}] and a set of shape [${item}], expected equal ones`,
      );
    }
    return Array.from({ length: count }, (_, i) => {
      return nearestOf(data.subarray(i * size, (i + 1) * size), { data: set.data, sums, total });
    });
  };
}

type Candidates = { readonly data: Float32Array; readonly sums: Float64Array; readonly total: number };

function nearestOf(picture: Float32Array, { data, sums, total }: Candidates): Neighbour {
  const size = picture.length;
  const ownSums = stretchSums(picture, size);
  const stretches = ownSums.length;
  const kept = Math.min(total, LARGEST_CROWD, Math.max(SMALLEST_CROWD, Math.ceil(total / CROWD_OF)));
  // The squares of the smallest distances so far, ascending.
  const crowd = new Float64Array(kept).fill(Infinity);
  let index = 0;
  for (let candidate = 0; candidate < total; candidate++) {
    const reach = crowd[kept - 1]!;
    // Of n differences, the squares add up to at least the square of the sum / n: most candidates are ruled out by that.
    let least = 0;
    for (let i = 0, from = candidate * stretches; i < stretches && least < reach; i++) {
      const apart = ownSums[i]! - sums[from + i]!;
      least += apart * apart;
    }
    if (least * ROUNDING >= reach) continue;
    let sum = 0;
    for (let i = 0, from = candidate * size; i < size; i++) {
      const apart = picture[i]! - data[from + i]!;
      sum += apart * apart;
    }
    if (sum >= reach) continue;
    if (sum < crowd[0]!) index = candidate;
    let place = kept - 1;
    for (; place > 0 && crowd[place - 1]! > sum; place--) crowd[place] = crowd[place - 1]!;
    crowd[place] = sum;
  }
  return {
    index,
    distance: Math.sqrt(crowd[0]!),
    crowd: crowd.reduce((sum, square) => sum + Math.sqrt(square), 0) / kept,
  };
}

/** A bound that is off by rounding must not rule out the candidate that it is the distance of. */
const ROUNDING = 1 - 1e-9;

/** The sums of stretches of values, each divided by the root of how many they are. */
function stretchSums(data: Float32Array, size: number): Float64Array {
  const stretches = Math.ceil(size / STRETCH);
  const sums = new Float64Array(data.length / size * stretches);
  for (let i = 0; i < sums.length; i++) {
    const from = (i % stretches) * STRETCH;
    const to = Math.min(from + STRETCH, size);
    const start = Math.floor(i / stretches) * size;
    for (let k = from; k < to; k++) sums[i]! += data[start + k]!;
    sums[i]! /= Math.sqrt(to - from);
  }
  return sums;
}
