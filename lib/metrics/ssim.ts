import type { Tensor } from "../tensor/tensor.ts";
import { checkPairs, type RangeOptions } from "./pairs.ts";

const SIGMA = 1.5;
const RADIUS = 5;

/** How many pixels wide and high a picture must be at least for SSIM. */
export const SSIM_WINDOW: number = 2 * RADIUS + 1;

const [K1, K2] = [0.01, 0.03];

/**
 * Structural similarity of each picture, mean over pixels and channels: 1 for equal pictures, near 0 for unlike ones.
 *
 * Wang, Bovik, Sheikh and Simoncelli 2004: a Gaussian window of 11 pixels, σ = 1.5; only windows that lie inside count.
 * The figures are those of scikit-image with `gaussian_weights=True, sigma=1.5, use_sample_covariance=False`.
 *
 * @param found pictures `[count, channels, height, width]`, at least 11 pixels wide and high
 * @param wanted what they should be, in the same order
 * @throws {RangeError} when the shapes differ, are no batches of pictures, or pictures are smaller than the window
 *
 * @example
 * ```ts
 * import { ssim, torchGenerator } from "@unnoise/lib";
 *
 * const { randn } = torchGenerator(0);
 * const [picture, other] = [randn([1, 3, 16, 16]), randn([1, 3, 16, 16])];
 * console.assert(ssim(picture, picture)[0] === 1 && ssim(picture, other)[0]! < 0.5);
 * ```
 */
export function ssim(found: Tensor, wanted: Tensor, { dataRange = 2 }: RangeOptions = {}): number[] {
  checkPairs("SSIM", found, wanted);
  const [count, channels, height, width] = found.shape as [number, number, number, number];
  if (height < SSIM_WINDOW || width < SSIM_WINDOW) {
    throw new RangeError(
      `Cannot measure SSIM of pictures of ${width}×${height} pixels: expected at least ${SSIM_WINDOW}×${SSIM_WINDOW}`,
    );
  }
  const stabilizers: Stabilizers = [(K1 * dataRange) ** 2, (K2 * dataRange) ** 2];
  const plane = height * width;
  return Array.from({ length: count }, (_, picture) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const from = (picture * channels + channel) * plane;
      const a = Float64Array.from(found.data.subarray(from, from + plane));
      const b = Float64Array.from(wanted.data.subarray(from, from + plane));
      sum += planeSimilarity(a, b, width, stabilizers);
    }
    return sum / channels;
  });
}

/** What keeps the quotients of flat windows in hand: C₁ for means, C₂ for variances. */
type Stabilizers = readonly [ofMeans: number, ofVariances: number];

function planeSimilarity(a: Float64Array, b: Float64Array, width: number, [c1, c2]: Stabilizers): number {
  const local = (value: (i: number) => number) => windowed(Float64Array.from(a, (_, i) => value(i)), width);
  const [meanA, meanB] = [windowed(a, width), windowed(b, width)];
  const [squareA, squareB] = [local((i) => a[i]! ** 2), local((i) => b[i]! ** 2)];
  const product = local((i) => a[i]! * b[i]!);
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!];
    const variances = squareA[i]! - ma * ma + squareB[i]! - mb * mb;
    const covariance = product[i]! - ma * mb;
    sum += (2 * ma * mb + c1) * (2 * covariance + c2) / ((ma * ma + mb * mb + c1) * (variances + c2));
  }
  return sum / meanA.length;
}

const bell = Array.from({ length: SSIM_WINDOW }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)));
const mass = bell.reduce((sum, value) => sum + value);
const weights = bell.map((value) => value / mass);

/** The weighted mean around each pixel whose window lies inside, rows first and columns then. */
function windowed(plane: Float64Array, width: number): Float64Array {
  const height = plane.length / width;
  const [across, down] = [width - 2 * RADIUS, height - 2 * RADIUS];
  const rows = new Float64Array(height * across);
  for (let i = 0; i < rows.length; i++) {
    const from = Math.floor(i / across) * width + i % across;
    for (let k = 0; k < SSIM_WINDOW; k++) rows[i]! += weights[k]! * plane[from + k]!;
  }
  const means = new Float64Array(down * across);
  for (let i = 0; i < means.length; i++) {
    for (let k = 0; k < SSIM_WINDOW; k++) means[i]! += weights[k]! * rows[i + k * across]!;
  }
  return means;
}
