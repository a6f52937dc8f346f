import { z } from "zod";
import { type Reading, readingNames } from "../prediction/read.ts";
import { type NoiseScheduleName, noiseScheduleNames } from "../schedule/noise_schedule.ts";
import { type Spacing, spacingNames } from "../schedule/spacing.ts";

/** A `scheduler_config.json` as diffusers writes it: `_class_name` and that class's options; other keys are kept. */
export type SchedulerConfig = { readonly _class_name: string; readonly [option: string]: unknown };

/** Every option that some scheduler of the catalogue reads, under diffusers' names. */
export type Options = {
  /** The number of times in training. */
  readonly num_train_timesteps: number;
  /** The noise schedule. */
  readonly beta_schedule: NoiseScheduleName;
  /** β of the first time. */
  readonly beta_start: number;
  /** β of the last time. */
  readonly beta_end: number;
  /** Each β, instead of a schedule by name. */
  readonly trained_betas: readonly number[] | null;
  /** What the network says. */
  readonly prediction_type: Reading;
  /** Where the times of a run lie. */
  readonly timestep_spacing: Spacing;
  /** Added to each time of a `leading` spacing. */
  readonly steps_offset: number;
  /** Whether predicted images are clipped. */
  readonly clip_sample: boolean;
  /** To which absolute value. */
  readonly clip_sample_range: number;
  /** Whether the last step ends at a clean picture, or at the noise of time 0. */
  readonly set_alpha_to_one: boolean;
  /** How much noise DDPM draws. */
  readonly variance_type: "fixed_small" | "fixed_large";
  /** Where Euler's last step ends. */
  readonly final_sigmas_type: "zero" | "sigma_min";
  /** How Euler finds σ between two times. */
  readonly interpolation_type: "linear";
  /** How Euler tells the network the time. */
  readonly timestep_type: "discrete";
  /** Dynamic thresholding; off. */
  readonly thresholding: false | null;
  /** Zero terminal SNR; off. */
  readonly rescale_betas_zero_snr: false | null;
  /** Karras' spacing; off. */
  readonly use_karras_sigmas: false | null;
  /** Exponential spacing; off. */
  readonly use_exponential_sigmas: false | null;
  /** Beta spacing; off. */
  readonly use_beta_sigmas: false | null;
};

/**
 * The values that each option may have. Options that diffusers has and we do not yet are held to the one value that
 * changes nothing, so that any other is refused and never ignored.
 *
 * A function, because building schemas at load would cost every page that imports one other thing of this library.
 */
function optionSchemas(): { readonly [Name in keyof Options]: z.ZodType<Options[Name]> } {
  const off = z.union([z.literal(false), z.null()]);
  const beta = z.number().min(0).lt(1);
  return {
    num_train_timesteps: z.int().min(1).max(1_000_000),
    beta_schedule: z.enum(noiseScheduleNames),
    beta_start: beta,
    beta_end: beta,
    trained_betas: z.nullable(z.array(beta).min(1)),
    prediction_type: z.enum(readingNames),
    timestep_spacing: z.enum(spacingNames),
    steps_offset: z.int().min(0),
    clip_sample: z.boolean(),
    clip_sample_range: z.number().positive(),
    set_alpha_to_one: z.boolean(),
    variance_type: z.enum(["fixed_small", "fixed_large"]),
    final_sigmas_type: z.enum(["zero", "sigma_min"]),
    interpolation_type: z.literal("linear"),
    timestep_type: z.literal("discrete"),
    thresholding: off,
    rescale_betas_zero_snr: off,
    use_karras_sigmas: off,
    use_exponential_sigmas: off,
    use_beta_sigmas: off,
  };
}

/**
 * The options of a config, checked, with defaults for those that are missing.
 *
 * @param defaults the options that the class reads, each with diffusers' default
 * @throws {TypeError} when an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { readOptions } from "@unnoise/lib";
 *
 * const config = { _class_name: "DDIMScheduler", clip_sample: false };
 * const { clip_sample, steps_offset } = readOptions(config, { clip_sample: true, steps_offset: 0 });
 * console.assert(clip_sample === false && steps_offset === 0);
 * ```
 */
export function readOptions<Defaults extends Partial<Options>>(config: SchedulerConfig, defaults: Defaults): Defaults {
  const schemas = optionSchemas();
  const read = Object.entries(defaults).map(([name, fallback]) => {
    const value = name in config ? config[name] : fallback;
    const result = schemas[name as keyof Options].safeParse(value);
    if (result.success) return [name, result.data];
    const [issue] = result.error.issues;
    throw new TypeError(
      `Cannot configure ${config._class_name}: ${name} is ${JSON.stringify(value)} (${issue?.message})`,
    );
  });
  return Object.fromEntries(read);
}
