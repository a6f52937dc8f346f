/** The histogram's frame: values from −REACH to REACH, in units of the view box. */
export const WIDTH = 400;
export const HEIGHT = 170;
const REACH = 4;
const BINS = 64;

/** The share of values above which a bar leaves the frame: the peak of a normal distribution with a spread of 0.7. */
const TALLEST = 0.071;

/** The shares of the values that fall into each bin; what lies outside is left out. */
export function histogram(values: Float32Array): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor((value / REACH + 1) / 2 * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]!++;
  }
  return counts.map((count) => count / values.length);
}

/** A histogram as the path of its outline. */
export function outline(shares: readonly number[]): string {
  const width = WIDTH / shares.length;
  const bars = shares.map((share, i) => {
    const y = HEIGHT * (1 - Math.min(1, share / TALLEST));
    return `${i === 0 ? "" : "L"}${(i * width).toFixed(1)} ${y.toFixed(1)}H${((i + 1) * width).toFixed(1)}`;
  });
  return `M0 ${HEIGHT}L${bars.join("")}V${HEIGHT}Z`;
}

/** Where a value lies on the histogram's axis. */
export function place(value: number): number {
  return (value / REACH + 1) / 2 * WIDTH;
}

export function meanAndSpread(values: Float32Array): readonly [mean: number, spread: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return [mean, Math.sqrt(variance)];
}
