/**
 * A σ of a rectified flow moved toward noise, as larger pictures need: the ratio σ/α grows by the factor `shift`, the ends 0
 * and 1 stay. diffusers' `use_dynamic_shifting` shifts by e^μ, or by μ itself where `time_shift_type` is linear.
 *
 * Source: Esser et al. 2024, arXiv:2403.03206, section 5.3.2.
 *
 * @param sigma from 0 to 1
 * @param shift above 0; 1 changes nothing
 *
 * @example
 * ```ts
 * import { shiftSigma } from "@unnoise/lib";
 *
 * console.assert(shiftSigma(0.5, 3) === 0.75);
 * ```
 */
export function shiftSigma(sigma: number, shift: number): number {
  return shift * sigma / (1 + (shift - 1) * sigma);
}

/**
 * The σ of a rectified flow with their distances from pure noise stretched so that the last is `terminal`.
 *
 * Source: HaCohen et al. 2024, arXiv:2501.00103.
 *
 * @param sigmas falling, the last below 1
 *
 * @example
 * ```ts
 * import { stretchToTerminal } from "@unnoise/lib";
 *
 * console.assert(stretchToTerminal([1, 0.75, 0.5], 0).join() === "1,0.5,0");
 * ```
 */
export function stretchToTerminal(sigmas: readonly number[], terminal: number): number[] {
  const factor = (1 - terminal) / (1 - sigmas.at(-1)!);
  return sigmas.map((sigma) => 1 - (1 - sigma) * factor);
}

/** What the shift for a picture's size is reckoned from; the defaults are Flux's, under diffusers' names. */
export type MuOptions = {
  /** μ of the smallest picture, 0.5 by default. */
  readonly base_shift?: number;
  /** μ of the largest picture, 1.15 by default. */
  readonly max_shift?: number;
  /** The tokens of the smallest picture, 256 by default. */
  readonly base_image_seq_len?: number;
  /** The tokens of the largest picture, 4096 by default. */
  readonly max_image_seq_len?: number;
};

/**
 * The `mu` of a run for a picture of so many tokens, on the straight line through the smallest and the largest picture of the
 * training: what pipelines hand to a flow that shifts dynamically.
 *
 * Source: Esser et al. 2024, arXiv:2403.03206; the ends are Flux's.
 *
 * @param tokens what the network splits the latent into, of 2 × 2 each in Flux
 *
 * @example
 * ```ts
 * import { muOf } from "@unnoise/lib";
 *
 * console.assert(muOf(4096) === 1.15 && muOf(256) === 0.5);
 * ```
 */
export function muOf(
  tokens: number,
  { base_shift: low = 0.5, max_shift: high = 1.15, base_image_seq_len: least = 256, max_image_seq_len: most = 4096 }:
    MuOptions = {},
): number {
  return low + (high - low) * (tokens - least) / (most - least);
}
