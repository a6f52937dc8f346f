/** How much noise a network was trained on at each of its times: the forward process as a table. */
export type NoiseSchedule = {
  /** The variance that each single step adds, β. Times are zero-based, as in diffusers. */
  readonly betas: Float32Array;
  /** The share of the signal's power that is left after each step, ᾱ: the product of `1 − β` so far. */
  readonly alphasCumprod: Float32Array;
};

/** The names of the noise schedules, as diffusers' `beta_schedule` spells them. */
export const noiseScheduleNames = [
  "linear",
  "scaled_linear",
  "squaredcos_cap_v2",
  "sigmoid",
  "exp",
  "laplace",
] as const;

/** The name of a noise schedule. */
export type NoiseScheduleName = typeof noiseScheduleNames[number];

/** What fixes a noise schedule. */
export type NoiseScheduleOptions = {
  /** `linear` is DDPM's, `scaled_linear` Stable Diffusion's, `squaredcos_cap_v2` the cosine one, `sigmoid` GeoDiff's. */
  readonly name: NoiseScheduleName;
  /** β of the first step, 1e-4 by default. Schedules that are defined by ᾱ do not use it. */
  readonly start?: number;
  /** β of the last step, 0.02 by default. Schedules that are defined by ᾱ do not use it. */
  readonly end?: number;
  /** The number of steps, 1000 by default. */
  readonly count?: number;
};

/** The largest β of a schedule defined by ᾱ, which would otherwise reach 1 and leave no signal to divide by. */
const LARGEST_BETA = 0.999;

/**
 * A noise schedule by name, equal bit for bit to the one of diffusers; `sigmoid` but for the last bit.
 *
 * Sources: `linear` Ho, Jain and Abbeel 2020, arXiv:2006.11239; `scaled_linear` Rombach et al. 2022, arXiv:2112.10752;
 * `squaredcos_cap_v2` Nichol and Dhariwal 2021, arXiv:2102.09672; `sigmoid` Xu et al. 2022, arXiv:2203.02923; `laplace`
 * Hang and Gu 2024, arXiv:2407.03297; `exp` is e^(−12t), of diffusers.
 *
 * @throws {RangeError} when `count` is not a whole number ≥ 1 or a β lies outside `[0, 1]`
 *
 * @example
 * ```ts
 * import { noiseSchedule } from "@unnoise/lib";
 *
 * const { alphasCumprod } = noiseSchedule({ name: "linear" });
 * console.assert(alphasCumprod[999]! < 1e-4);
 * ```
 */
export function noiseSchedule({ name, start = 1e-4, end = 0.02, count = 1000 }: NoiseScheduleOptions): NoiseSchedule {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Cannot make a noise schedule of ${count} steps: expected a whole number of 1 or more`);
  }
  switch (name) {
    case "linear":
      return scheduleOf(linspace(start, end, count));
    case "scaled_linear":
      return scheduleOf(linspace(Math.sqrt(start), Math.sqrt(end), count).map((root) => root * root));
    case "sigmoid":
      return scheduleOf(sigmoid(start, end, count));
    case "squaredcos_cap_v2":
      return scheduleOf(betasFor(cosine, count));
    case "exp":
      return scheduleOf(betasFor((part) => Math.exp(-12 * part), count));
    case "laplace":
      return scheduleOf(betasFor(laplace, count));
  }
}

/**
 * The noise schedule with the given β, one a step.
 *
 * @throws {RangeError} when there is none, or one lies outside `[0, 1]`
 *
 * @example
 * ```ts
 * import { scheduleOf } from "@unnoise/lib";
 *
 * console.assert(scheduleOf(new Float32Array([0.5, 0.5])).alphasCumprod[1] === 0.25);
 * ```
 */
export function scheduleOf(betas: Float32Array): NoiseSchedule {
  if (betas.length === 0) throw new RangeError("Cannot make a noise schedule: got no β, expected at least one");
  let signal = 1;
  const alphasCumprod = betas.map((beta, i) => {
    if (!(beta >= 0 && beta <= 1)) {
      throw new RangeError(`Cannot make a noise schedule: found β = ${beta} at step ${i}, expected 0 ≤ β ≤ 1`);
    }
    // Like torch: factors in single precision, their product in double.
    return signal *= Math.fround(1 - beta);
  });
  return { betas, alphasCumprod };
}

/**
 * The noise schedule with its signal-to-noise ratio divided by `scale` at each time.
 *
 * Source: Hoogeboom, Heek and Salimans 2023, arXiv:2301.11093, section 2.1; with scale 3 CogVideoX, arXiv:2408.06072.
 *
 * @example
 * ```ts
 * import { noiseSchedule, scaleSnr } from "@unnoise/lib";
 *
 * const schedule = noiseSchedule({ name: "linear" });
 * console.assert(scaleSnr(schedule, 3).alphasCumprod[500]! < schedule.alphasCumprod[500]!);
 * ```
 */
export function scaleSnr({ alphasCumprod }: NoiseSchedule, scale: number): NoiseSchedule {
  return scheduleWith(alphasCumprod.map((signal) => signal / (scale + (1 - scale) * signal)));
}

/**
 * The noise schedule stretched so that its last time holds no signal at all, with the first as it was.
 *
 * Source: Lin et al. 2023, arXiv:2305.08891, algorithm 1.
 *
 * @example
 * ```ts
 * import { noiseSchedule, zeroTerminalSnr } from "@unnoise/lib";
 *
 * console.assert(zeroTerminalSnr(noiseSchedule({ name: "scaled_linear" })).alphasCumprod[999] === 0);
 * ```
 */
export function zeroTerminalSnr({ alphasCumprod }: NoiseSchedule): NoiseSchedule {
  const roots = alphasCumprod.map(Math.sqrt);
  const [first, last] = [roots[0]!, roots.at(-1)!];
  const factor = Math.fround(first / Math.fround(first - last));
  const signal = roots.map((root) => Math.fround(Math.fround(root - last) * factor) ** 2);
  return scheduleWith(signal);
}

/** The noise schedule that leaves a given share of the signal after each step. */
function scheduleWith(signal: Float32Array): NoiseSchedule {
  return scheduleOf(signal.map((value, i) => 1 - Math.fround(i === 0 ? value : value / signal[i - 1]!)));
}

/** The β that lead along a function ᾱ of the share of the way. */
function betasFor(signal: (part: number) => number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    return Math.min(1 - signal((i + 1) / count) / signal(i / count), LARGEST_BETA);
  });
}

function cosine(part: number): number {
  return Math.cos((part + 0.008) / 1.008 * Math.PI / 2) ** 2;
}

function laplace(part: number): number {
  const logSnr = (part > 0.5 ? 0.5 : -0.5) * Math.log(1 - 2 * Math.abs(0.5 - part) + 1e-6);
  const snr = Math.exp(logSnr);
  return Math.sqrt(snr / (1 + snr));
}

/** In single precision like torch's, rounding by rounding. */
function sigmoid(start: number, end: number, count: number): Float32Array {
  const [rise, foot] = [Math.fround(end - start), Math.fround(start)];
  return linspace(-6, 6, count).map((x) => Math.fround(Math.fround(1 / (1 + Math.exp(-x))) * rise) + foot);
}

/**
 * torch.linspace in single precision, bit for bit: counted from the nearer end, one rounding a value.
 *
 * @example
 * ```ts
 * import { linspace } from "@unnoise/lib";
 *
 * console.assert(linspace(1, 0, 3).join() === "1,0.5,0");
 * ```
 */
export function linspace(start: number, end: number, count: number): Float32Array {
  const [first, last] = [Math.fround(start), Math.fround(end)];
  const stride = count === 1 ? 0 : Math.fround(Math.fround(last - first) / (count - 1));
  return Float32Array.from({ length: count }, (_, i) => {
    return count === 1 || i < Math.floor(count / 2) ? first + stride * i : last - stride * (count - 1 - i);
  });
}
