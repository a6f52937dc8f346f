import type { Copying } from "../metrics/copying.ts";
import type { Neighbour } from "../metrics/nearest.ts";
import { SSIM_WINDOW } from "../metrics/ssim.ts";
import type { FrechetFigures } from "./compare_features.ts";
import type { JudgedShare } from "./judged_share.ts";

/** How good generated pictures are, as a plain object; what could not be measured is absent. */
export type Evaluation = {
  /** How many pictures there were of each kind. */
  readonly counts: { readonly generated: number; readonly real: number; readonly training: number | undefined };
  /** Each pair, in dB and as structural similarity; SSIM is absent for pictures smaller than its window. */
  readonly pairs: { readonly psnr: readonly number[]; readonly ssim: readonly number[] | undefined } | undefined;
  /** Generated pictures as a set against real ones. */
  readonly frechet: FrechetFigures | undefined;
  /** What the judge sees, for each kind of label. */
  readonly judged: Readonly<Record<string, JudgedFigures>> | undefined;
  /** The nearest training pictures. */
  readonly nearest: NearestFigures | undefined;
  /** What to know before the figures are believed, in sentences. */
  readonly notes: readonly string[];
};

/** What a judge sees in both sets of pictures. */
export type JudgedFigures = {
  /** The names of what it tells apart. */
  readonly labels: readonly string[];
  /** The generated pictures, and what was asked for. */
  readonly generated: JudgedShare;
  /** The real pictures, and what is known of them. */
  readonly real: JudgedShare;
};

/** How near pictures lie to the training set. */
export type NearestFigures = {
  /** What the distance is of. */
  readonly by: "pixels" | "features";
  /** The nearest training picture of each generated one. */
  readonly generated: readonly Neighbour[];
  /** The nearest training picture of each real one. */
  readonly real: readonly Neighbour[];
  /** What that means. */
  readonly copying: Copying;
};

/** What to know before figures are believed. */
export function notesOn({ counts, pairs, frechet, nearest }: Omit<Evaluation, "notes">): string[] {
  const fewest = Math.min(counts.generated, counts.real);
  const double = nearest?.real.filter(({ distance }) => distance === 0).length ?? 0;
  return [
    ...(frechet !== undefined && fewest <= frechet.features
      ? [
        `${fewest} pictures are few for ${frechet.features} features: the Fréchet distance is too large by far, and says something only beside that of real pictures.`,
      ]
      : []),
    ...(frechet !== undefined && frechet.yardstick === undefined
      ? ["There are too few real pictures to compare some of them with others."]
      : []),
    ...(pairs !== undefined && pairs.ssim === undefined
      ? [`SSIM needs pictures of at least ${SSIM_WINDOW}×${SSIM_WINDOW} pixels.`]
      : []),
    ...(double > 0
      ? [
        `${double} of ${counts.real} real pictures stand in the training set, too: what is called new or copied is judged too mildly.`,
      ]
      : []),
  ];
}
