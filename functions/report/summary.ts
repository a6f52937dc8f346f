import type { Evaluation } from "@unnoise/lib";
import { decimals, hasFirstFive, mean, percent } from "./say.ts";

/** An evaluation in a few lines, for terminals. */
export function summary(evaluation: Evaluation): string[] {
  const { counts, notes } = evaluation;
  return [
    `${counts.generated} generated and ${counts.real} real pictures`,
    ...[pairs, judged, frechet, nearest].flatMap((part) => part(evaluation)),
    ...notes.map((note) => `Note: ${note}`),
  ];
}

function pairs({ pairs }: Evaluation): string[] {
  if (pairs === undefined) return [];
  const ssim = pairs.ssim === undefined ? "" : `, SSIM ${decimals(mean(pairs.ssim), 3)}`;
  return [`PSNR ${decimals(mean(pairs.psnr))} dB${ssim}`];
}

function judged({ judged = {} }: Evaluation): string[] {
  return Object.entries(judged).flatMap(([output, { labels, generated: { share, firstFive }, real }]) => {
    if (share === undefined) return [];
    const five = hasFirstFive(labels) ? `, ${percent(firstFive!)} among the first five` : "";
    const beside = real.share === undefined ? "" : `; real pictures ${percent(real.share)}`;
    return [`${output}: ${percent(share)} judged to be what was asked for${five}${beside}`];
  });
}

function frechet({ frechet }: Evaluation): string[] {
  if (frechet === undefined) return [];
  const all = `Fréchet distance ${frechet.distance.toPrecision(3)}`;
  if (frechet.yardstick === undefined) return [all];
  const { count, generated, real } = frechet.yardstick;
  return [
    all,
    `  over ${count} pictures each: ${generated.toPrecision(3)}, real against real ${real.toPrecision(3)}`,
  ];
}

const verdicts = { new: "new", nearer: "new, but typical", copies: "copies" } as const;

function nearest({ nearest }: Evaluation): string[] {
  if (nearest === undefined) return [];
  const { generated, copying: { verdict, copies, nearer } } = nearest;
  return [
    `Memorised or new: ${verdicts[verdict]}; ${copies.length} of ${generated.length} look copied`,
    `  nearer to the training set than real pictures in ${percent(nearer)} of comparisons, 50 % is as near`,
  ];
}
