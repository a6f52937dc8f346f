import type { Options } from "./options.ts";
import { kinds } from "./options.ts";

/** A `scheduler_config.json` as diffusers writes it: `_class_name` and that class's options; other keys are kept. */
export type SchedulerConfig = { readonly _class_name: string; readonly [option: string]: unknown };

/**
 * A config from the text of a `scheduler_config.json`. Python writes infinities into such files, which is no JSON: they
 * become the names "Infinity" and "-Infinity".
 *
 * @throws {SyntaxError} when the text is neither
 * @throws {TypeError} when it names no class
 *
 * @example
 * ```ts
 * import { parseConfig } from "@unnoise/lib";
 *
 * const config = parseConfig('{"_class_name": "DPMSolverMultistepScheduler", "lambda_min_clipped": -Infinity}');
 * console.assert(config.lambda_min_clipped === "-Infinity");
 * ```
 */
export function parseConfig(text: string): SchedulerConfig {
  const strict = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (part) => part.startsWith('"') ? part : `"${part}"`);
  const config: unknown = JSON.parse(strict);
  if (typeof config === "object" && config !== null && "_class_name" in config) return config as SchedulerConfig;
  throw new TypeError(`Cannot read a scheduler config: found no _class_name in ${text.slice(0, 80)}, expected one`);
}

/** A config, read. */
export type ReadConfig = {
  /** The options that the class reads, with defaults for those that are missing. */
  readonly options: Options;
  /** The keys that the class does not know. */
  readonly ignored: readonly string[];
};

/**
 * The options of a config, checked, with defaults for those that are missing, null or listed in `_use_default_values`
 * (where diffusers notes what its user never chose).
 *
 * @param defaults the options that the class reads, each with diffusers' default
 * @throws {TypeError} when an option has a value that it cannot have
 *
 * @example
 * ```ts
 * import { readConfig } from "@unnoise/lib";
 *
 * const config = { _class_name: "DDIMScheduler", clip_sample: false, colour: "red" };
 * const { options, ignored } = readConfig(config, { clip_sample: true, steps_offset: 0 });
 * console.assert(options.clip_sample === false && options.steps_offset === 0 && ignored.join() === "colour");
 * ```
 */
export function readConfig(config: SchedulerConfig, defaults: Partial<Options>): ReadConfig {
  const unchosen = new Set<unknown>(Array.isArray(config._use_default_values) ? config._use_default_values : []);
  const chosen = (name: string) => Object.hasOwn(config, name) && !unchosen.has(name);
  const options = Object.entries(defaults).map(([name, fallback]) => {
    const value = chosen(name) ? config[name] : fallback;
    if (value === null || value === undefined) return [name, fallback];
    const { accepts, expected } = kinds[name as keyof Options];
    if (accepts(value)) return [name, value === "-inf" || value === "-Infinity" ? -Infinity : value];
    throw new TypeError(
      `Cannot configure ${config._class_name}: found ${name} = ${JSON.stringify(value)}, expected ${expected}`,
    );
  });
  return {
    // A row reads only the options that it lists, and each of these is there.
    options: Object.fromEntries(options) as Options,
    ignored: Object.keys(config).filter((name) => !name.startsWith("_") && !Object.hasOwn(defaults, name)),
  };
}
