import { z } from "zod";
import { readingNames } from "../prediction/read.ts";
import { noiseScheduleNames } from "../schedule/noise_schedule.ts";
import { spacingNames } from "../schedule/spacing.ts";

/** A `scheduler_config.json` as diffusers writes it: `_class_name` and that class's options; other keys are kept. */
export type SchedulerConfig = { readonly _class_name: string; readonly [option: string]: unknown };

/**
 * Every option that some scheduler of the catalogue reads, under diffusers' names. Options that diffusers has and we do
 * not yet are listed with the one value that changes nothing, so that any other is refused and never ignored.
 *
 * A function, because building schemas at load would cost every page that imports one other thing of this library.
 */
function optionSchemas() {
  const off = z.union([z.literal(false), z.null()]);
  return {
    num_train_timesteps: z.int().min(1).max(1_000_000),
    beta_schedule: z.enum(noiseScheduleNames),
    beta_start: z.number().min(0).lt(1),
    beta_end: z.number().min(0).lt(1),
    trained_betas: z.nullable(z.array(z.number().min(0).lt(1)).min(1)),
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

type Schemas = ReturnType<typeof optionSchemas>;

/** The value of each option; a scheduler's own are always there. */
export type Options = { readonly [Name in keyof Schemas]: z.infer<Schemas[Name]> };

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
    const value = config[name] ?? fallback;
    const result = schemas[name as keyof Schemas].safeParse(value);
    if (result.success) return [name, result.data];
    const [issue] = result.error.issues;
    throw new TypeError(
      `Cannot configure ${config._class_name}: ${name} is ${JSON.stringify(value)} (${issue?.message})`,
    );
  });
  return Object.fromEntries(read);
}
