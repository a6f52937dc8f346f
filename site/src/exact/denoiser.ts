import { type Denoise, type Level, mix, type Question, read, type Tensor } from "@unnoise/lib";

/**
 * How likely each picture is the one behind a noisy sample: `wᵢ ∝ exp(−|x − α·xᵢ|² / (2σ²))`.
 *
 * This is Bayes' rule when every picture of the set is as likely as any other. The weights add up to 1.
 */
export function posterior(pictures: readonly Tensor[], { x, at }: Question): number[] {
  const scores = pictures.map(({ data }) => -squaredDistance(x.data, data, at) / (2 * at.sigma ** 2));
  // Only differences matter; with the largest at 0 no exponential overflows.
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - best));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The best possible denoiser of a small set of pictures, in closed form: their mean, weighted by the posterior. */
export function exactDenoiser(pictures: readonly Tensor[]): Denoise {
  return (question) => {
    const [first, ...rest] = posterior(pictures, question).map((weight, i) => [weight, pictures[i]!] as const);
    if (first === undefined) throw new RangeError("Cannot denoise: got no picture to know, expected at least one");
    return Promise.resolve(read("sample", mix(first, ...rest), question));
  };
}

function squaredDistance(x: Float32Array, picture: Float32Array, { alpha }: Level): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - alpha * picture[i]!) ** 2;
  return sum;
}
