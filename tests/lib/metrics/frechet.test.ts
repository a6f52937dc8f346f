import { describe, expect, it } from "vitest";
import { featureStatistics, frechetDistance } from "../../../lib/metrics/frechet.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { features, golden, noise } from "../../fixtures/metrics/metrics.ts";

const statistics = (count: number, size: number, seed: number) => featureStatistics(features(count, size, seed));

describe("frechetDistance", () => {
  it.each(golden.frechet)("of $counts pictures with $size features is SciPy's", ({ counts, size, distance }) => {
    const found = frechetDistance(statistics(counts[0], size, 1), statistics(counts[1], size, 2));
    // Where covariances are singular, the roots of rounded zeros stay in SciPy's last digits.
    expect(Math.abs(found / distance - 1)).toBeLessThan(1e-6);
  });

  it("is 0 between equal sets, the same both ways, and grows with what is added", () => {
    const [a, b] = [statistics(300, 128, 1), statistics(300, 128, 2)];
    expect(frechetDistance(a, a)).toBeLessThan(1e-9);
    expect(frechetDistance(a, b)).toBeCloseTo(frechetDistance(b, a), 8);
    const plain = noise([400, 4], 1);
    const shifted = (by: number) => featureStatistics(tensor(plain.shape, plain.data.map((value) => value + by)));
    expect(frechetDistance(shifted(0), shifted(3))).toBeCloseTo(36, 4);
  });

  it("refuses features that do not match", () => {
    expect(() => frechetDistance(statistics(9, 3, 1), statistics(9, 4, 1))).toThrow(
      "Cannot compare 3 features with 4: expected as many of both",
    );
  });
});

describe("featureStatistics", () => {
  it("refuses one picture, which does not vary", () => {
    expect(() => featureStatistics(tensor([1, 8]))).toThrow(
      "Cannot measure how the features of 1 pictures vary: expected at least 2",
    );
  });

  it("refuses what are no features", () => {
    expect(() => featureStatistics(tensor([4, 0]))).toThrow("Cannot describe features of shape [4,0]");
    expect(() => featureStatistics(tensor([4, 2, 2]))).toThrow("Cannot describe features of shape [4,2,2]");
    expect(() => featureStatistics(tensor([2, 1], new Float32Array([1, NaN])))).toThrow("found NaN or infinity");
  });
});
