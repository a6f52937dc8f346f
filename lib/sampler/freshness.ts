import type { Step } from "../schedule/grid.ts";

/**
 * How much of the noise of a step's end is fresh. The end needs σ′ in all: `keep` of it along the predicted noise and
 * `fresh` drawn anew.
 */
export type Freshness = (step: Step) => { readonly keep: number; readonly fresh: number };

/**
 * η times the noise of DDPM: 0 is deterministic (DDIM, Euler), 1 is the true posterior of the forward process (DDPM).
 *
 * Source: Song, Meng and Ermon 2020, arXiv:2010.02502, eq. 16.
 *
 * @example
 * ```ts
 * import { posterior } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
 * console.assert(posterior(0)(step).fresh === 0);
 * ```
 */
export function posterior(eta: number): Freshness {
  return ([from, to]) => {
    // What is left of the noise, in units of the image: e^(−h), h the change of log(α/σ).
    const left = (to.sigma * from.alpha) / (from.sigma * to.alpha);
    const fresh = Math.min(to.sigma, eta * to.sigma * Math.sqrt(Math.max(0, 1 - left ** 2)));
    return { keep: Math.sqrt(Math.max(0, to.sigma ** 2 - fresh ** 2)), fresh };
  };
}

/**
 * DDPM's larger choice: the mean of the posterior, but with the variance β of the forward step. No noise follows the
 * step that starts at time 0.
 *
 * Source: Ho, Jain and Abbeel 2020, arXiv:2006.11239, section 3.2.
 *
 * @example
 * ```ts
 * import { posteriorLarge } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
 * console.assert(posteriorLarge(step).fresh > 0.6);
 * ```
 */
export function posteriorLarge(step: Step): ReturnType<Freshness> {
  const [from, to] = step;
  const { keep } = posterior(1)(step);
  return { keep, fresh: from.time > 0 ? Math.sqrt(Math.max(0, 1 - (from.alpha / to.alpha) ** 2)) : 0 };
}

/**
 * All noise is drawn anew: the answer is taken for a finished picture.
 *
 * Source: Song et al. 2023, arXiv:2303.01469, algorithm 1.
 *
 * @example
 * ```ts
 * import { anew } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 0.6, sigma: 0.8 }, { time: 4, alpha: 0.8, sigma: 0.6 }] as const;
 * console.assert(anew(step).keep === 0 && anew(step).fresh === 0.6);
 * ```
 */
export function anew([, to]: Step): ReturnType<Freshness> {
  return { keep: 0, fresh: to.sigma };
}

/**
 * An SDE that draws η times as much as the one of DDPM, exactly: two steps draw as much as one over both.
 *
 * At η = 0 and 1 it is `posterior`.
 *
 * Source: Gonzalez et al. 2023, arXiv:2305.14267; as η of k-diffusion's DPM++ SDE solvers.
 *
 * @example
 * ```ts
 * import { drift } from "@unnoise/lib";
 *
 * const step = [{ time: 9, alpha: 1, sigma: 4 }, { time: 4, alpha: 1, sigma: 1 }] as const;
 * console.assert(drift(0.5)(step).keep === 0.5);
 * ```
 */
export function drift(eta: number): Freshness {
  return ([from, to]) => {
    const left = ((to.sigma * from.alpha) / (from.sigma * to.alpha)) ** eta;
    return { keep: to.sigma * left, fresh: to.sigma * Math.sqrt(Math.max(0, 1 - left ** 2)) };
  };
}
