import { featureStatistics, frechetDistance } from "../metrics/frechet.ts";
import { torchGenerator } from "../random/normal.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How far generated pictures are from real ones as sets, by a judge's features. */
export type FrechetFigures = {
  /** The Fréchet distance of all generated pictures to all real ones. */
  readonly distance: number;
  /** How many features it is of. */
  readonly features: number;
  /** Both distances over as many pictures, which makes them comparable; absent where there are too few. */
  readonly yardstick: Yardstick | undefined;
};

/** What a distance is to be held against: real pictures differ from other real ones, too. */
export type Yardstick = {
  /** How many pictures stand on each side. */
  readonly count: number;
  /** Generated pictures to real ones. */
  readonly generated: number;
  /** Real pictures to other real ones. */
  readonly real: number;
};

/** Compares features `[count, features]` of two sets of pictures, and the second set with itself. */
export function compareFeatures(generated: Tensor, real: Tensor): FrechetFigures {
  const distance = between(generated, real);
  const count = Math.min(generated.shape[0]!, Math.floor(real.shape[0]! / 2));
  const features = generated.shape[1]!;
  if (count < 2) return { distance, features, yardstick: undefined };
  // Folders and files are often sorted by class: halves must not be.
  const [drawn, shuffled] = [shuffle(generated), shuffle(real)];
  const [first, second] = [shuffled.slice(0, count), shuffled.slice(count, 2 * count)].map(concatenate);
  return {
    distance,
    features,
    yardstick: {
      count,
      generated: between(concatenate(drawn.slice(0, count)), first!),
      real: between(first!, second!),
    },
  };
}

function between(a: Tensor, b: Tensor): number {
  return frechetDistance(featureStatistics(a), featureStatistics(b));
}

/** The same order each time. */
function shuffle(tensor: Tensor): Tensor[] {
  const items = unstack(tensor);
  const { data } = torchGenerator(0).randn([items.length]);
  return Array.from(data.keys()).sort((a, b) => data[a]! - data[b]!).map((i) => items[i]!);
}
