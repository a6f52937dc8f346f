import { type Level, levelOf } from "../schedule/level.ts";
import { shiftSigma, stretchToTerminal } from "../schedule/shift.ts";
import { betaSpacing, exponential, karras } from "../schedule/sigmas.ts";
import type { Options } from "./options.ts";
import type { Run } from "./row.ts";

/** The options that lay a flow out, with the defaults of diffusers. */
export const flowing: Partial<Options> = {
  num_train_timesteps: 1000,
  shift: 1,
  use_dynamic_shifting: false,
  base_shift: 0.5,
  max_shift: 1.15,
  base_image_seq_len: 256,
  max_image_seq_len: 4096,
  shift_terminal: null,
  use_karras_sigmas: false,
  use_exponential_sigmas: false,
  use_beta_sigmas: false,
  time_shift_type: "exponential",
};

/**
 * The levels of a run along a rectified flow: where it asks, and the end. The network is told σ·`num_train_timesteps`.
 *
 * They are even in time, or as the run says (`sigmas`, `timesteps`), then shifted, stretched to `shift_terminal` and spaced
 * anew between their ends. `mu` is the shift of a config with `use_dynamic_shifting`. `invert_sigmas` turns the run around:
 * σ rises to 1.
 *
 * @throws {RangeError} when the run asks for σ or times that do not fall, when `mu` is missing or not heeded, or when one σ
 * alone is to be stretched
 */
export function flowLevels(options: Options, { count = 0, sigmas, timesteps, mu }: Run): Level[] {
  const { num_train_timesteps: trainSteps, use_dynamic_shifting: dynamic, shift_terminal: terminal } = options;
  if (dynamic ? !(mu !== undefined && Number.isFinite(mu)) : mu !== undefined) {
    const expected = dynamic ? "a number, for use_dynamic_shifting" : "use_dynamic_shifting";
    throw new RangeError(`Cannot shift a flow: found mu = ${mu}, expected ${expected}`);
  }
  const shift = mu === undefined ? options.shift : options.time_shift_type === "linear" ? mu : Math.exp(mu);
  // diffusers takes the end of the training after a fixed shift, and shifts it once more.
  const least = shiftSigma(1 / trainSteps, dynamic ? 1 : shift);
  const even = sigmas ?? timesteps?.map((time) => time / trainSteps) ?? evenSigmas(count, least);
  const shifted = checkSigmas(even).map((sigma) => shiftSigma(sigma, shift));
  if (terminal && shifted.at(-1) === 1) {
    throw new RangeError(
      `Cannot stretch a flow to end at σ = ${terminal}: found it end at 1, expected two steps or more`,
    );
  }
  const spaced = spacedAnew(options, terminal ? stretchToTerminal(shifted, terminal) : shifted);
  // In single precision as diffusers keeps them, which is much of 1 − σ where little of it is left.
  const found = spaced.map(Math.fround).map((sigma) => options.invert_sigmas ? 1 - sigma : sigma);
  const told = options.invert_sigmas ? undefined : timesteps;
  const levels = found.map((sigma, i) => levelOf(sigma, "rectified_flow", told?.[i] ?? sigma * trainSteps));
  return [...levels, levelOf(options.invert_sigmas ? 1 : 0, "rectified_flow", -1)];
}

/**
 * So many σ from 1 down to the least, both among them.
 *
 * @throws {RangeError} when `count` is not a whole number of 1 or more
 */
export function evenSigmas(count: number, least: number): number[] {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`Cannot take ${count} steps: expected a whole number of 1 or more`);
  }
  return Array.from({ length: count }, (_, i) => i === 0 ? 1 : 1 + (least - 1) * (i / (count - 1)));
}

/**
 * The σ that a run asks for, which must fall, from 1 at most.
 *
 * @throws {RangeError} when they do not
 */
export function checkSigmas(sigmas: readonly number[]): readonly number[] {
  const falls = sigmas.every((sigma, i) => sigma >= 0 && sigma <= 1 && (i === 0 || sigma < sigmas[i - 1]!));
  if (falls && sigmas.length > 0) return sigmas;
  throw new RangeError(`Cannot go along a flow at σ ${sigmas.join(", ")}: expected falling numbers from 1 to 0`);
}

/** Says which options of a flow exclude each other; for a row's `refuse`. */
export function refuseFlow(options: Options): string | false {
  const names = ["use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"] as const;
  const asked = names.filter((name) => options[name]);
  if (asked.length > 1) return `found ${asked.join(" and ")}, expected at most one spacing of σ`;
  return options.shift_terminal === 1 && "found shift_terminal = 1, expected a number below 1";
}

function spacedAnew(options: Options, sigmas: readonly number[]): readonly number[] {
  const ends = { max: sigmas[0]!, min: sigmas.at(-1)! };
  if (options.use_karras_sigmas) return karras()(sigmas.length, ends);
  if (options.use_exponential_sigmas) {
    if (ends.min > 0) return exponential()(sigmas.length, ends);
    throw new RangeError("Cannot space σ exponentially: found the last at 0, expected it above 0");
  }
  return options.use_beta_sigmas ? betaSpacing()(sigmas.length, ends) : sigmas;
}
