import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { allFinite } from "../tensor/finite.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a set of features comes to, read as a normal distribution. */
export type FeatureStatistics = {
  /** How many pictures they are of. */
  readonly count: number;
  /** The mean of each feature. */
  readonly mean: Float64Array;
  /** The covariance of the features, `mean.length²` values, row-major; divided by `count − 1`, as NumPy's `cov`. */
  readonly covariance: Float64Array;
};

/**
 * Mean and covariance of features, in double precision.
 *
 * @param features `[count, features]`
 * @throws {RangeError} when there are fewer than two pictures, which have no covariance, or a feature is not finite
 *
 * @example
 * ```ts
 * import { featureStatistics, tensor } from "@unnoise/lib";
 *
 * const { mean, covariance } = featureStatistics(tensor([2, 1], new Float32Array([1, 3])));
 * console.assert(mean[0] === 2 && covariance[0] === 2);
 * ```
 */
export function featureStatistics(features: Tensor): FeatureStatistics {
  const { data, shape } = features;
  const [count, size] = shape;
  if (shape.length !== 2 || count === undefined || size === undefined || size === 0) {
    throw new RangeError(`Cannot describe features of shape [${shape}]: expected [count, features]`);
  }
  if (count < 2) {
    throw new RangeError(`Cannot measure how the features of ${count} pictures vary: expected at least 2`);
  }
  if (!allFinite(features)) throw new RangeError("Cannot describe features: found NaN or infinity, expected numbers");
  const mean = new Float64Array(size);
  for (let i = 0; i < data.length; i++) mean[i % size]! += data[i]! / count;
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  for (let from = 0; from < data.length; from += size) {
    for (let j = 0; j < size; j++) centred[j] = data[from + j]! - mean[j]!;
    for (let j = 0; j < size; j++) {
      for (let k = 0; k <= j; k++) covariance[j * size + k]! += centred[j]! * centred[k]! / (count - 1);
    }
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) covariance[k * size + j] = covariance[j * size + k]!;
  }
  return { count, mean, covariance };
}

/**
 * The Fréchet distance between two sets of features (Heusel et al. 2017, arXiv:1706.08500):
 * |μ₁ − μ₂|² + trace(Σ₁ + Σ₂ − 2·(Σ₁Σ₂)^½). 0 for equal sets; the less, the more alike are the pictures.
 *
 * Fewer pictures come out further apart: compare only distances of as many pictures, on features of the same judge.
 *
 * @throws {RangeError} when both do not have the same features
 *
 * @example
 * ```ts
 * import { featureStatistics, frechetDistance, tensor } from "@unnoise/lib";
 *
 * const near = featureStatistics(tensor([2, 1], new Float32Array([0, 2])));
 * const far = featureStatistics(tensor([2, 1], new Float32Array([3, 5])));
 * console.assert(frechetDistance(near, near) === 0 && Math.abs(frechetDistance(near, far) - 9) < 1e-9);
 * ```
 */
export function frechetDistance(a: FeatureStatistics, b: FeatureStatistics): number {
  const size = a.mean.length;
  if (b.mean.length !== size) {
    throw new RangeError(`Cannot compare ${size} features with ${b.mean.length}: expected as many of both`);
  }
  const gap = a.mean.reduce((sum, mean, i) => sum + (mean - b.mean[i]!) ** 2, 0);
  // Σ₁Σ₂ has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is symmetric: what rounding leaves below 0 is 0.
  const root = squareRoot(matrixOf(a));
  const between = root.mmul(matrixOf(b)).mmul(root);
  const shared = eigen(between).realEigenvalues.reduce((sum, value) => sum + Math.sqrt(Math.max(value, 0)), 0);
  const distance = gap + trace(a) + trace(b) - 2 * shared;
  return Math.max(distance, 0);
}

function matrixOf({ mean, covariance }: FeatureStatistics): Matrix {
  return Matrix.from1DArray(mean.length, mean.length, covariance);
}

function squareRoot(matrix: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix: vectors } = eigen(matrix);
  const scaled = vectors.clone();
  realEigenvalues.forEach((value, i) => scaled.mulColumn(i, Math.sqrt(Math.max(value, 0))));
  return scaled.mmul(vectors.transpose());
}

function eigen(matrix: Matrix): EigenvalueDecomposition {
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
}

function trace({ mean: { length }, covariance }: FeatureStatistics): number {
  return Array.from({ length }, (_, i) => covariance[i * (length + 1)]!).reduce((sum, value) => sum + value, 0);
}
