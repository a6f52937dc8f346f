import { copying } from "../metrics/copying.ts";
import { psnr } from "../metrics/psnr.ts";
import { ssim, SSIM_WINDOW } from "../metrics/ssim.ts";
import type { Judge, Judgement } from "../model/judge.ts";
import { allFinite } from "../tensor/finite.ts";
import { sameShape, type Tensor } from "../tensor/tensor.ts";
import { compareFeatures } from "./compare_features.ts";
import { type Evaluation, type NearestFigures, notesOn } from "./evaluation.ts";
import { blame, InvalidOption } from "./invalid_option.ts";
import { type Asked, judgedShare } from "./judged_share.ts";
import { searchTraining } from "./search_training.ts";

/** What to measure, and by what. */
export type EvaluateOptions = {
  /** The generated pictures, `[count, channels, height, width]` from −1 to 1. */
  readonly generated: Tensor;
  /** Real pictures of the same size that the model never saw. */
  readonly real: Tensor;
  /** Whether each generated picture is an attempt at the real one in its place: PSNR and SSIM. */
  readonly pairs?: boolean | undefined;
  /** What judges the pictures: Fréchet distance, and the share that shows what was asked for. */
  readonly judge?: Judge | undefined;
  /** What each generated picture was asked to show, for each kind of label of the judge. */
  readonly asked?: Readonly<Record<string, Asked>> | undefined;
  /** What each real picture shows: how often the judge is right at all. */
  readonly known?: Readonly<Record<string, Asked>> | undefined;
  /** The pictures that the model was trained on: memorised or new? */
  readonly training?: Tensor | undefined;
  /** How neighbours are found: by pixels, or by the judge's features, which see through shifts. Pixels by default. */
  readonly nearestBy?: "pixels" | "features" | undefined;
  /** Told how far a part of the work has come. */
  readonly onProgress?: ((done: number, total: number, part: "judging" | "searching") => void) | undefined;
  /** Stops the work between two pictures. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Measures generated pictures against real ones: PSNR and SSIM of pairs, the Fréchet distance with real against real
 * beside it, the share that a judge takes for what was asked, and whether the model draws its training pictures again.
 *
 * @throws {InvalidOption} when an option cannot be met; its `option` says which
 * @throws the signal's reason when it is aborted
 *
 * @example
 * ```ts
 * import { clamp, evaluate, torchGenerator } from "@unnoise/lib";
 *
 * const noise = (seed: number) => clamp(torchGenerator(seed).randn([8, 1, 16, 16]), -1, 1); // your pictures go here
 * const options = { generated: noise(1), real: noise(2), training: noise(3), pairs: true };
 * const { pairs, nearest } = await evaluate(options);
 * console.assert(pairs!.psnr.length === 8 && nearest!.copying.verdict === "new");
 * ```
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  check(options);
  const { generated, real, pairs, judge, training, nearestBy = "pixels", onProgress, signal } = options;
  const [made, known, trained] = await judgeAll(options);
  const frechet = made && known && blame("judge", () => compareFeatures(made.features, known.features));
  const byFeatures = nearestBy === "features";
  const [mine, theirs, all] = byFeatures
    ? [made!.features, known!.features, trained?.features]
    : [generated, real, training];
  const nearest = all &&
    await findNearest({ generated: mine, real: theirs, training: all, by: nearestBy, onProgress, signal });
  const figures = {
    counts: { generated: countOf(generated), real: countOf(real), training: training && countOf(training) },
    pairs: pairs === true ? measurePairs(generated, real) : undefined,
    frechet,
    judged: judge && made && known && judgedFigures(options, judge, made, known),
    nearest,
  };
  return { ...figures, notes: notesOn(figures) };
}

/** Decoders overshoot a little; bytes, or pictures from 0 to 255, lie far beyond. */
const FARTHEST = 2;

function check({ generated, real, pairs, judge, asked, known, training, nearestBy }: EvaluateOptions) {
  for (const [option, pictures] of Object.entries({ generated, real, training })) {
    if (pictures !== undefined) blame(option, () => checkPictures(option, pictures, generated));
  }
  if (pairs === true && countOf(generated) !== countOf(real)) {
    throw new InvalidOption(
      "pairs",
      `Cannot compare pictures in pairs: found ${countOf(generated)} generated and ${
        countOf(real)
      } real ones, expected as many of both`,
    );
  }
  if (judge === undefined) {
    if (asked !== undefined || known !== undefined || nearestBy === "features") {
      throw new InvalidOption("judge", "Cannot judge pictures: found no judge, expected one for labels and features");
    }
    if (pairs !== true && training === undefined) {
      throw new InvalidOption(
        "judge",
        "Cannot evaluate pictures: found nothing to measure, expected a judge, pairs or training pictures",
      );
    }
    return;
  }
  if (!sameShape(generated.shape.slice(1), judge.shape)) {
    throw new InvalidOption(
      "judge",
      `Cannot judge pictures of shape [${generated.shape.slice(1)}]: the judge takes [${judge.shape}]`,
    );
  }
  for (const [option, pictures] of Object.entries({ generated, real })) {
    if (countOf(pictures) < 2) {
      throw new InvalidOption(
        option,
        `Cannot compare sets of pictures: found ${countOf(pictures)} ${option} picture, expected at least 2`,
      );
    }
  }
  for (const [option, names] of Object.entries({ asked, known })) {
    const stranger = Object.keys(names ?? {}).find((output) => !Object.hasOwn(judge.labels, output));
    if (stranger !== undefined) {
      throw new InvalidOption(
        option,
        `Cannot judge ${JSON.stringify(stranger)}: expected one of ${Object.keys(judge.labels).join(", ")}`,
      );
    }
  }
}

function checkPictures(kind: string, pictures: Tensor, { shape: first }: Tensor) {
  const { shape, data } = pictures;
  if (shape.length !== 4 || data.length === 0) {
    throw new RangeError(
      `Cannot evaluate ${kind} pictures of shape [${shape}]: expected [count, channels, height, width], none of them 0`,
    );
  }
  if (!sameShape(shape.slice(1), first.slice(1))) {
    throw new RangeError(
      `Cannot compare ${kind} pictures of shape [${shape.slice(1)}] with generated ones of [${
        first.slice(1)
      }]: expected one shape`,
    );
  }
  if (!allFinite(pictures)) {
    throw new RangeError(`Cannot evaluate ${kind} pictures: found NaN or infinity, expected −1 to 1`);
  }
  const farthest = data.find((value) => Math.abs(value) > FARTHEST);
  if (farthest !== undefined) {
    throw new RangeError(`Cannot evaluate ${kind} pictures: found the value ${farthest}, expected −1 to 1`);
  }
}

/** What the judge says of generated and real pictures, and of the training set where neighbours are told by features. */
async function judgeAll(
  { generated, real, training, judge, nearestBy, onProgress, signal }: EvaluateOptions,
): Promise<(Judgement | undefined)[]> {
  if (judge === undefined) return [];
  const sets = [generated, real, ...(training !== undefined && nearestBy === "features" ? [training] : [])];
  const total = sets.reduce((sum, set) => sum + countOf(set), 0);
  const judged: Judgement[] = [];
  let before = 0;
  for (const set of sets) {
    const report = (done: number) => onProgress?.(before + done, total, "judging");
    judged.push(await judge.judge(set, { onProgress: report, signal }));
    before += countOf(set);
  }
  return judged;
}

async function findNearest(
  { generated, real, training, by, onProgress, signal }:
    & {
      readonly generated: Tensor;
      readonly real: Tensor;
      readonly training: Tensor;
      readonly by: "pixels" | "features";
    }
    & Pick<EvaluateOptions, "onProgress" | "signal">,
): Promise<NearestFigures> {
  const total = countOf(generated) + countOf(real);
  const search = (pictures: Tensor, before: number) => {
    const report = (done: number) => onProgress?.(before + done, total, "searching");
    return searchTraining(pictures, training, { onProgress: report, signal });
  };
  const ofGenerated = await search(generated, 0);
  const ofReal = await search(real, ofGenerated.length);
  return { by, generated: ofGenerated, real: ofReal, copying: copying(ofGenerated, ofReal) };
}

function measurePairs(generated: Tensor, real: Tensor): Evaluation["pairs"] {
  const windowFits = Math.min(...generated.shape.slice(2)) >= SSIM_WINDOW;
  return { psnr: psnr(generated, real), ssim: windowFits ? ssim(generated, real) : undefined };
}

function judgedFigures(
  { asked, known }: EvaluateOptions,
  { labels }: Judge,
  made: Judgement,
  real: Judgement,
): Evaluation["judged"] {
  return Object.fromEntries(
    Object.entries(labels).map(([output, labels]) => [output, {
      labels,
      generated: blame("asked", () => judgedShare(made.scores[output]!, { labels, asked: asked?.[output] })),
      real: blame("known", () => judgedShare(real.scores[output]!, { labels, asked: known?.[output] })),
    }]),
  );
}

function countOf({ shape }: Tensor): number {
  return shape[0]!;
}
