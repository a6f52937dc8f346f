/** The names of the spacings, as diffusers' `timestep_spacing` spells them. */
export const spacingNames = ["leading", "trailing", "linspace"] as const;

/** Where the few times of a run lie among the many of the training. */
export type Spacing = typeof spacingNames[number];

/** What fixes the times of a run. */
export type SpacingOptions = {
  /** The number of times in training. */
  readonly trainSteps: number;
  /** Added to each time of `leading`, diffusers' `steps_offset`; 0 by default. */
  readonly offset?: number;
  /** Whether `linspace` rounds to whole times, which DDPM and DDIM need and Euler does not; true by default. */
  readonly whole?: boolean;
  /** How many of the times, counted from the clean end, a run may start from; all by default. */
  readonly usable?: number;
};

/**
 * The times of a run of `count` steps, from the noisiest down.
 *
 * `leading` starts early and ends at time 0, `trailing` starts at the last time, `linspace` holds both ends.
 *
 * Source: table 2 of Lin et al. 2023, arXiv:2305.08891.
 *
 * @throws {RangeError} when `count` is not a whole number from 1 to `trainSteps`
 *
 * @example
 * ```ts
 * import { spacedTimes } from "@unnoise/lib";
 *
 * console.assert(spacedTimes("trailing", 4, { trainSteps: 1000 }).join() === "999,749,499,249");
 * ```
 */
export function spacedTimes(
  spacing: Spacing,
  count: number,
  { trainSteps, offset = 0, whole = true, usable = trainSteps }: SpacingOptions,
): number[] {
  if (!Number.isSafeInteger(count) || count < 1 || count > trainSteps) {
    throw new RangeError(`Cannot take ${count} steps: expected a whole number from 1 to ${trainSteps}`);
  }
  const indices = Array.from({ length: count }, (_, i) => i);
  switch (spacing) {
    case "leading":
      return indices.map((i) => (count - 1 - i) * Math.floor(usable / count) + offset);
    case "trailing": {
      // The stride as NumPy's arange has it: its last bit decides where a time lies halfway between two.
      const stride = usable - (usable - trainSteps / count);
      return indices.slice(0, Math.ceil(count * usable / trainSteps)).map((i) =>
        roundHalfEven(usable - i * stride) - 1
      );
    }
    case "linspace": {
      const stride = count === 1 ? 0 : (usable - 1) / (count - 1);
      // Rounding must not carry the first time beyond the training.
      const times = indices.map((i) => Math.min((count - 1 - i) * stride, usable - 1));
      return whole ? times.map(roundHalfEven) : times;
    }
  }
}

/**
 * The nearest whole number, and of two equally near ones the even one: how NumPy and torch round.
 *
 * @example
 * ```ts
 * import { roundHalfEven } from "@unnoise/lib";
 *
 * console.assert(roundHalfEven(166.5) === 166);
 * ```
 */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const part = value - floor;
  if (part !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
