import { addNoise, euler, grid, type Level, sample, type Tensor, torchGenerator } from "@unnoise/lib";
import { exactDenoiser, posterior } from "./denoiser.ts";

/** One place on the way from a picture into noise and out again. */
export type Stop = {
  readonly level: Level;
  readonly x: Tensor;
  /** The guess x̂₀ of the exact denoiser; on the way in, the picture itself. */
  readonly image: Tensor;
  /** How much of the guess is which picture; on the way in, all of it is the one we started with. */
  readonly weights: readonly number[];
};

/** The two ends of the journey in ln(α²/σ²): nearly clean, and nothing but noise to the eye and to the denoiser. */
const CLEAN = 8;
const NOISE = -11;

/** Levels at even distances of log-SNR, from the clean picture into noise. */
export function evenLevels(count: number): Level[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    if (i === 0) return { time: -1, alpha: 1, sigma: 0 };
    const logSnr = CLEAN + (NOISE - CLEAN) * i / count;
    return { time: i, alpha: Math.sqrt(1 / (1 + Math.exp(-logSnr))), sigma: Math.sqrt(1 / (1 + Math.exp(logSnr))) };
  });
}

/**
 * A picture drowned in noise and brought back by the exact denoiser: `2 · count + 1` stops, the noisiest in the middle.
 *
 * Nothing is chosen on the way back; the noise alone decides which picture comes out.
 */
export async function journey(
  pictures: readonly Tensor[],
  { start, seed, count }: { readonly start: number; readonly seed: number; readonly count: number },
): Promise<Stop[]> {
  const image = pictures[start];
  if (image === undefined) throw new RangeError(`Cannot start at picture ${start}: found ${pictures.length} pictures`);
  const levels = evenLevels(count);
  const noise = torchGenerator(seed).randn(image.shape);
  const certain = pictures.map((_, i) => i === start ? 1 : 0);
  const stops: Stop[] = levels.map((level) => ({ level, x: addNoise(image, noise, level), image, weights: certain }));

  const sampler = euler(stops[count]!.x, grid(levels.toReversed()));
  const run = sample(sampler, exactDenoiser(pictures));
  let turn = await run.next();
  for (; !turn.done; turn = await run.next()) {
    const { x, at: level, image } = turn.value;
    const stop = { level, x, image, weights: posterior(pictures, { x, at: level }) };
    if (level.time === count) stops[count] = stop;
    else stops.push(stop);
  }
  stops.push({ level: levels[0]!, x: turn.value, image: turn.value, weights: stops.at(-1)!.weights });
  return stops;
}
