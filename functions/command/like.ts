import type { Model } from "@unnoise/lib";
import type { Command, Option } from "commander";
import { readPicture } from "../picture/read.ts";
import type { Settings } from "../picture/settings.ts";

/** What `--like` found. */
export type LikeOptions = {
  /** The settings of the picture that the new one shall be like. */
  readonly liked?: Settings | undefined;
};

/**
 * The options that make the same picture again. No others are written into pictures: no names of files above all, which
 * tell strangers about a machine, and which a stranger's picture could choose.
 */
const kept: ReadonlySet<string> = new Set([
  "prompt",
  "negative",
  "from",
  "seed",
  "count",
  "steps",
  "guidance",
  "scheduler",
  "eta",
  "strength",
  "sketch",
  "fit",
  "rounds",
  "resample",
  "feather",
  "invert",
  "model",
  "columns",
  "scale",
  "tile",
  "overlap",
]);

/** Adds `--like`: options come from the settings in a picture, but for those that the command line gives itself. */
export function takesLike(command: Command): Command {
  return command
    .option("--like <picture>", "take the settings that were written into a picture; other options still count")
    .hook("preAction", async (_, verb) => {
      const { like } = verb.opts<{ readonly like?: string }>();
      if (like === undefined) return;
      const { settings } = await readPicture(like);
      if (settings === undefined) {
        throw new TypeError(`Cannot take settings from ${like}: found none, expected a picture that was made here`);
      }
      applySettings(verb, settings, like);
    });
}

/**
 * Sets the options of a command as settings say, where the command line does not.
 *
 * @throws {RangeError} when a value cannot be used; the message names the picture and the option
 */
export function applySettings(command: Command, settings: Settings, name: string): void {
  command.setOptionValueWithSource("liked", settings, "like");
  for (const option of command.options) {
    const key = option.attributeName();
    if (!kept.has(key) || !Object.hasOwn(settings, key) || command.getOptionValueSource(key) === "cli") continue;
    // What generates cannot enlarge.
    if (key === "model" && settings.command !== command.name()) continue;
    try {
      command.setOptionValueWithSource(key, valueOf(option, settings[key]!), "like");
    } catch (error) {
      throw new RangeError(`Cannot take settings from ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** A value as the command line would have read it. */
function valueOf(option: Option, value: Settings[string]): unknown {
  if (typeof value === "boolean" || option.isBoolean()) {
    if (typeof value === "boolean" && option.isBoolean()) return value;
    throw new RangeError(`found ${value} for ${option.long}`);
  }
  const read = (text: string, before: unknown): unknown => option.parseArg?.(text, before as never) ?? text;
  if (!Array.isArray(option.defaultValue)) {
    if (typeof value === "object") throw new RangeError(`found several values for ${option.long}, expected one`);
    return read(String(value), undefined);
  }
  const texts = typeof value === "object" ? value : [String(value)];
  return texts.reduce<unknown>((before, text) => read(text, before), []);
}

/** What is written into a picture: the command, its options, and which weights drew. */
export function settingsOf(
  command: Command,
  { model, found }: { readonly model: Pick<Model, "fingerprint">; readonly found: Readonly<Record<string, unknown>> },
): Settings {
  const options = Object.entries({ ...command.opts(), ...found }).filter(([key, value]) => {
    return kept.has(key) && value !== undefined;
  });
  // In one order, so that the same picture has the same bytes whichever way its options came.
  options.sort(([a], [b]) => a < b ? -1 : 1);
  return { command: command.name(), fingerprint: model.fingerprint, ...Object.fromEntries(options) } as Settings;
}

/** A sentence where the weights are not those that made the picture; nothing otherwise. */
export function changedWeights(
  { liked }: LikeOptions,
  { name, fingerprint }: Pick<Model, "name" | "fingerprint">,
): string | undefined {
  const before = liked?.fingerprint;
  return before === undefined || before === "" || before === fingerprint
    ? undefined
    : `The picture was made by other weights (${before}) than ${name} has now (${fingerprint}): it will not be the same`;
}
