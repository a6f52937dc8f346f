import { betaQuantile } from "./beta_quantile.ts";
import { sigmaAt } from "./level.ts";
import type { NoiseSchedule } from "./noise_schedule.ts";
import { exponential, karras } from "./sigmas.ts";
import { roundHalfEven } from "./spacing.ts";

/** What a run's σ are chosen from. */
export type SigmaRange = {
  /** The least σ before the clean end. */
  readonly min: number;
  /** The σ that a run starts from. */
  readonly max: number;
  /** σ at each time of the training, rising; needed by the schedules that are spaced in time. */
  readonly table: readonly number[];
  /** The exponent of `karras` (7 by default) and `polyexponential` (1 by default). */
  readonly rho?: number | undefined;
};

/** The σ of a run, falling, without the 0 at its end: `count` of them, or fewer where two would be equal. */
export type SigmaSchedule = (count: number, range: SigmaRange) => number[];

/**
 * What the σ of a noise schedule's runs are chosen from: σ/α at each of its times, and the ends of that unless others are
 * given.
 *
 * @example
 * ```ts
 * import { noiseSchedule, sigmaRange } from "@unnoise/lib";
 *
 * const { max } = sigmaRange(noiseSchedule({ name: "scaled_linear", start: 0.00085, end: 0.012 }));
 * console.assert(Math.abs(max - 14.6146) < 1e-4);
 * ```
 */
export function sigmaRange(
  schedule: NoiseSchedule,
  { min, max, rho }: Partial<Omit<SigmaRange, "table">> = {},
): SigmaRange {
  const table = Array.from(schedule.alphasCumprod, (_, time) => sigmaAt(schedule, time));
  return { min: min ?? table[0]!, max: max ?? table.at(-1)!, table, rho };
}

/** The names of the schedules of σ. */
export const sigmaScheduleNames = [
  "karras",
  "exponential",
  "polyexponential",
  "vp",
  "normal",
  "sgm_uniform",
  "simple",
  "ddim_uniform",
  "beta",
  "smoothstep",
  "kl_optimal",
  "align_your_steps",
  "align_your_steps_sdxl",
  "align_your_steps_svd",
  "linear_quadratic",
  "bong_tangent",
] as const;

/** The name of a schedule of σ. */
export type SigmaScheduleName = typeof sigmaScheduleNames[number];

/**
 * The schedules of σ by the names that k-diffusion, A1111 and ComfyUI give them: where a run of any sampler on σ stops on
 * its way down. Sampler and schedule are chosen apart from each other.
 *
 * - `karras`, `exponential`, `polyexponential`: even in a function of σ between the ends (arXiv:2206.00364, eq. 5)
 * - `vp`: the continuous linear schedule of β from 0.1 to 20, whatever the ends (Song et al. 2021, arXiv:2011.13456)
 * - `normal`, `sgm_uniform`: even in time, with the last time or without it; `simple`, `ddim_uniform`: the same among the
 *   whole times of the training, from its end and from its beginning
 * - `beta`, `smoothstep`: the whole times where a Beta(0.6, 0.6) distribution (arXiv:2407.12173) or the polynomial
 *   3u² − 2u³ takes even steps
 * - `kl_optimal`: even in arctan σ (Sabour, Fidler and Kreis 2024, arXiv:2404.14507, theorem 3.1)
 * - `align_your_steps`, `…_sdxl`, `…_svd`: found by that paper's authors for Stable Diffusion 1.5, XL and Video in ten
 *   steps, log-linear between these
 * - `linear_quadratic`: evenly through the first 2.5 % of σ in half of the steps, then quadratically (Mochi 1, Genmo 2024)
 * - `bong_tangent`: two arctangents joined halfway down (RES4LYF)
 */
export const sigmaSchedules: { readonly [Name in SigmaScheduleName]: SigmaSchedule } = {
  karras: (count, range) => karras(range.rho)(count, range),
  exponential: (count, range) => exponential()(count, range),
  polyexponential: (count, range) => exponential(range.rho)(count, range),
  vp: (count) =>
    shares(count, count - 1).map((share) => {
      const time = 1 - share * (1 - 1e-3);
      return Math.sqrt(Math.expm1(19.9 * time ** 2 / 2 + 0.1 * time));
    }),
  normal: (count, range) => evenInTime(count, count - 1, range),
  sgm_uniform: (count, range) => evenInTime(count, count, range),
  simple: (count, { table }) => shares(count, count).map((share) => table.at(-1 - Math.floor(share * table.length))!),
  ddim_uniform(count, { table }) {
    const stride = Math.floor(table.length / count);
    return shares(count, 1).map((i) => table[Math.min((count - 1 - i) * stride + 1, table.length - 1)]!);
  },
  beta: (count, { table }) => atWholeTimes(count, table, (part) => betaQuantile(part, 0.6, 0.6)),
  smoothstep: (count, { table }) => atWholeTimes(count, table, (part) => part * part * (3 - 2 * part)),
  kl_optimal: (count, { min, max }) =>
    shares(count, count - 1).map((share) => Math.tan((1 - share) * Math.atan(max) + share * Math.atan(min))),
  align_your_steps: /* @__PURE__ */ aligned(
    14.615,
    6.475,
    3.861,
    2.697,
    1.886,
    1.396,
    0.963,
    0.652,
    0.399,
    0.152,
    0.029,
  ),
  align_your_steps_sdxl: /* @__PURE__ */ aligned(
    14.615,
    6.315,
    3.771,
    2.181,
    1.342,
    0.862,
    0.555,
    0.38,
    0.234,
    0.113,
    0.029,
  ),
  align_your_steps_svd: /* @__PURE__ */ aligned(
    700,
    54.5,
    15.886,
    7.977,
    4.248,
    1.789,
    0.981,
    0.403,
    0.173,
    0.034,
    0.002,
  ),
  linear_quadratic(count, { max }) {
    const slow = Math.max(1, Math.floor(count / 2));
    const stride = 0.025 / slow;
    // What the even strides leave of the way is made up by the square of the steps that are no longer slow.
    const rest = 1 - stride * count;
    return shares(count, 1).map((i) =>
      max * (1 - stride * i - (i < slow ? 0 : rest * ((i - slow) / (count - slow)) ** 2))
    );
  },
  bong_tangent(count, { min, max }) {
    const half = Math.floor((count + 2) * 3 / 5);
    const middle = (min + max) / 2;
    const arc = (i: number) => Math.atan(8 * i / (count + 2));
    // The first arc bends most at its end, the second at its beginning: both at place `half`.
    const upper = (i: number) => max + (middle - max) * (arc(i - half) - arc(-half)) / (arc(-1) - arc(-half));
    const lower = (i: number) => middle + (min - middle) * arc(i) / arc(count + 1 - half);
    return shares(count, 1).map((i) => count === 1 ? max : i < half - 1 ? upper(i) : lower(i - half + 1));
  },
};

/** The first `count` places of a way that takes so many steps, as shares of it; the beginning alone where it takes none. */
function shares(count: number, steps: number): number[] {
  return Array.from({ length: count }, (_, i) => i / Math.max(1, steps));
}

/** Evenly spaced in time between the ends, σ between two times by their logarithms. */
function evenInTime(count: number, steps: number, { min, max, table }: SigmaRange): number[] {
  const logs = table.map(Math.log);
  const timeOf = (sigma: number) => {
    const above = logs.findIndex((log) => log >= Math.log(sigma));
    if (above < 1) return above === 0 ? 0 : logs.length - 1;
    const [low, high] = [logs[above - 1]!, logs[above]!];
    return above - 1 + (Math.log(sigma) - low) / (high - low);
  };
  const [first, last] = [timeOf(max), timeOf(min)];
  return shares(count, steps).map((share) => {
    const time = first + (last - first) * share;
    const below = Math.min(Math.floor(time), logs.length - 2);
    return Math.exp(logs[below]! + (logs[below + 1]! - logs[below]!) * (time - below));
  });
}

/** σ at the whole times next to where a function of the part of the way that is left leads. */
function atWholeTimes(count: number, table: readonly number[], timeOf: (part: number) => number): number[] {
  const times = shares(count, count).map((share) => roundHalfEven(timeOf(1 - share) * (table.length - 1)));
  return [...new Set(times)].map((time) => table[time]!);
}

/** A published list of σ for ten steps, stretched to any number of them along the logarithms. */
function aligned(...sigmas: readonly number[]): SigmaSchedule {
  const logs = sigmas.map(Math.log);
  return (count) =>
    shares(count, count).map((share) => {
      const place = share * (logs.length - 1);
      const below = Math.floor(place);
      return Math.exp(logs[below]! + (logs[below + 1]! - logs[below]!) * (place - below));
    });
}
