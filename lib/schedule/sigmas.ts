import { betaQuantile } from "./beta_quantile.ts";

/** The σ of a run between two ends, `count` of them, falling from `max` to `min`. */
export type SigmaSpacing = (count: number, ends: { readonly min: number; readonly max: number }) => number[];

const evenly = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => count === 1 ? from : from + (to - from) * (i / (count - 1)));

/**
 * Karras' spacing: even in σ^(1/ρ), denser where there is little noise.
 *
 * Source: Karras et al. 2022, arXiv:2206.00364, eq. 5.
 *
 * @example
 * ```ts
 * import { karras } from "@unnoise/lib";
 *
 * const sigmas = karras()(10, { min: 0.03, max: 14.6 });
 * console.assert(Math.abs(sigmas[0]! - 14.6) < 1e-9 && sigmas.length === 10);
 * ```
 */
export function karras(rho: number = 7): SigmaSpacing {
  return (count, { min, max }) => evenly(max ** (1 / rho), min ** (1 / rho), count).map((root) => root ** rho);
}

/**
 * Even in log σ to the power ρ: exponential at ρ = 1, as k-diffusion's `polyexponential` otherwise.
 *
 * @example
 * ```ts
 * import { exponential } from "@unnoise/lib";
 *
 * console.assert(Math.abs(exponential()(3, { min: 1, max: 100 })[1]! - 10) < 1e-9);
 * ```
 */
export function exponential(rho: number = 1): SigmaSpacing {
  return (count, { min, max }) =>
    evenly(1, 0, count).map((part) => Math.exp(part ** rho * Math.log(max / min) + Math.log(min)));
}

/**
 * The quantiles of a Beta distribution: denser at both ends.
 *
 * Source: Lee et al. 2024, arXiv:2407.12173.
 *
 * @example
 * ```ts
 * import { betaSpacing } from "@unnoise/lib";
 *
 * console.assert(Math.abs(betaSpacing()(3, { min: 0, max: 10 })[1]! - 5) < 1e-9);
 * ```
 */
export function betaSpacing(a: number = 0.6, b: number = 0.6): SigmaSpacing {
  return (count, { min, max }) => evenly(1, 0, count).map((part) => min + betaQuantile(part, a, b) * (max - min));
}
