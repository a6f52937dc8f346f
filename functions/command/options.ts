import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig, schedulersFor } from "@unnoise/lib";
import { type Command, Option } from "commander";
import { modelsFolder } from "../program/environment.ts";
import { decimal, whole } from "./numbers.ts";

/** What every run of a network may be told. */
export type RunOptions = {
  /** What each picture shall not show. */
  readonly negative: string | undefined;
  /** The seed of the first picture; the k-th after it gets seed + k. Drawn at random where absent. */
  readonly seed: number | undefined;
  /** The number of steps; what is usual for the scheduler where absent. */
  readonly steps: number | undefined;
  /** How much the prompt is exaggerated; what is usual for the model where absent. */
  readonly guidance: number | undefined;
  /** The short name of a scheduler; the model's own where absent. */
  readonly scheduler: string | undefined;
  /** How much of DDPM's noise is added. */
  readonly eta: number | undefined;
};

/** Which model, and what computes. */
export type ModelOptions = {
  /** The id of the model. */
  readonly model: string;
  /** What computes. */
  readonly device: string | undefined;
};

/** Where a picture goes. */
export type FileOptions = {
  /** The file to write. */
  readonly out: string;
  /** From 1 to 100, for JPEG and WebP. */
  readonly quality: number | undefined;
  /** Whether the settings are written into the picture. */
  readonly settings: boolean;
};

/** Where pictures go, and how. */
export type OutOptions = FileOptions & {
  /** The folder for a picture a step. */
  readonly frames: string | undefined;
  /** Pictures in a row. */
  readonly columns: number;
  /** How many pixels wide and high each pixel becomes. */
  readonly scale: number;
};

/** How a picture is brought to the model's size. */
export type FitOptions = {
  /** "cover", "contain" or "fill". */
  readonly fit: "cover" | "contain" | "fill";
};

const LARGEST_SCALE = 100;
const MOST_PICTURES = 1000;

/** Adds the options of a run. */
export function takesRun(command: Command, { seed = "random" }: { readonly seed?: string } = {}): Command {
  return command
    .option("--negative <words>", "what pictures shall not show; for models that read words")
    .option(
      "-s, --seed <number>",
      `the seed of the first picture, each next gets one more (default: ${seed})`,
      whole("seed"),
    )
    .option(
      "-n, --steps <number>",
      "how many steps to take from noise to picture (default: 20, or 4 for students)",
      whole("steps"),
    )
    .option(
      "-g, --guidance <number>",
      "how much to exaggerate the prompt: 1 is not at all (default: 2 where a model can be guided)",
      decimal("guidance"),
    )
    .option("--scheduler <name>", "one of those below (default: the one that the model was made for)")
    .option(
      "--eta <number>",
      "how much fresh noise each step adds, 0 to 1; only for schedulers with an η, as ddim",
      decimal("eta"),
    )
    .addHelpText("after", () => `\nSchedulers: ${schedulerNames().join(", ")}`);
}

/** Adds the choice of a model. */
export function takesModel(command: Command, { model }: { readonly model: string }): Command {
  return command
    .option("--model <id>", "a folder in models/", model)
    .option("--device <name>", "cpu, wasm, cuda, webgpu … (default: the fastest that loads)");
}

/** Adds which file to write, and how. */
export function takesFile(command: Command): Command {
  return command
    .option("-o, --out <file>", "the file to write: .png, .jpg or .webp", "picture.png")
    .option(
      "--quality <number>",
      "of JPEG (default: 95) and WebP (default: without loss), 1 to 100",
      whole("quality", { least: 1, most: 100 }),
    )
    .option("--no-settings", "do not write the settings into the picture");
}

/** Adds where to write pictures, and how. */
export function takesOut(command: Command): Command {
  return takesFile(command)
    .option("--frames <folder>", "write every step there, too: the sample (x) and the network's guess (image)")
    .option("--columns <number>", "pictures in a row, where there are several", whole("columns", { least: 1 }), 5)
    .option("--scale <number>", "enlarge each pixel", whole("scale", { least: 1, most: LARGEST_SCALE }), 1);
}

/** Adds how many pictures are made of one. */
export function takesCount(command: Command): Command {
  return command.option(
    "-c, --count <number>",
    "how many to make, each with its own seed",
    whole("count", { least: 1, most: MOST_PICTURES }),
    1,
  );
}

/** Adds how a picture is brought to the model's size. */
export function takesFit(command: Command): Command {
  return command.addOption(
    new Option("--fit <how>", "how the picture gets the model's size: cut off, with margins, or distorted")
      .choices(["cover", "contain", "fill"]).default("cover"),
  );
}

/** Adds what pictures show, once for each of several. */
export function takesPrompts(
  command: Command,
  { what, none }: { readonly what: string; readonly none: string },
): Command {
  return command.addOption(
    new Option("-p, --prompt <words>", `${what}; may be repeated`).argParser(append).default([], none),
  );
}

/** Adds how much a picture may change. */
export function takesStrength(
  command: Command,
  { by, what }: { readonly by?: number; readonly what: string },
): Command {
  return command.option("--strength <number>", what, decimal("strength", { least: 0, most: 1 }), by);
}

function append(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The schedulers that run the network of the model that draws when none is asked for. */
function schedulerNames(): string[] {
  const config = readFileSync(join(modelsFolder, "emoji", "scheduler", "scheduler_config.json"), "utf8");
  return schedulersFor(parseConfig(config)).map(({ name }) => name);
}
