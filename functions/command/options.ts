import { Command, Option } from "commander";

/** What the command line asks for. */
export type Options = {
  /** The class of each picture; none means one of every class. */
  readonly prompt: readonly string[];
  /** The seed of the first picture; the k-th after it gets seed + k. Drawn at random where absent. */
  readonly seed: number | undefined;
  /** The number of steps. */
  readonly steps: number;
  /** How much the class is exaggerated. */
  readonly guidance: number;
  /** The short name of a scheduler; the model's own where absent. */
  readonly scheduler: string | undefined;
  /** How much of DDPM's noise is added. */
  readonly eta: number | undefined;
  /** The file to write. */
  readonly out: string;
  /** The folder for a picture a step. */
  readonly frames: string | undefined;
  /** Pictures in a row. */
  readonly columns: number;
  /** How many pixels wide and high each pixel becomes. */
  readonly scale: number;
  /** The id of the model. */
  readonly model: string;
  /** What computes. */
  readonly device: string | undefined;
};

const LARGEST_SCALE = 100;

const examples = `
Examples:
  $ deno task generate --prompt "ankle boot" --seed 1 --out boot.png
  $ deno task generate --prompt coat --steps 50 --guidance 4 --scheduler ddpm --scale 8
  $ deno task generate --prompt bag --prompt dress --prompt shirt --columns 3
  $ deno task generate --seed 7 --out garments.png      one of every class, in a grid
  $ deno task generate --prompt bag --frames steps      every step as a pair of pictures`;

/**
 * Reads the command line. `--help` and options that do not exist end the program.
 *
 * @param schedulers the names that `--help` tells
 * @throws {RangeError} when a number is none or out of range; the message names the option
 */
export function readOptions(argv: readonly string[], schedulers: readonly string[] = []): Options {
  return new Command("deno task generate")
    .description("Makes pictures out of noise, with a model in models/.")
    .addOption(
      new Option("-p, --prompt <class>", "what to draw; may be repeated")
        .argParser(append).default([], "one of every class"),
    )
    .option(
      "-s, --seed <number>",
      "the seed of the first picture, each next gets one more (default: random)",
      whole("seed"),
    )
    .option("-n, --steps <number>", "how many steps to take from noise to picture", whole("steps"), 20)
    .option("-g, --guidance <number>", "how much to exaggerate the class: 1 is not at all", decimal("guidance"), 2)
    .option("--scheduler <name>", `${schedulers.join(", ")} (default: the one the model was made for)`)
    .option(
      "--eta <number>",
      "how much fresh noise each step adds, 0 to 1; only for schedulers with an η, as ddim",
      decimal("eta"),
    )
    .option("-o, --out <file>", "the PNG file to write", "picture.png")
    .option("--frames <folder>", "write every step there, too: the sample (x) and the network's guess (image)")
    .option("--columns <number>", "pictures in a row of the grid", whole("columns", { least: 1 }), 5)
    .option("--scale <number>", "enlarge each pixel", whole("scale", { least: 1, most: LARGEST_SCALE }), 1)
    .option("--model <id>", "a folder in models/", "fashion")
    .option("--device <name>", "cpu, wasm, cuda, webgpu … (default: the fastest that loads)")
    .addHelpText("after", examples)
    .showHelpAfterError("Try --help, and put quotes around names of two words.")
    .parse(argv, { from: "user" })
    .opts<Options>();
}

function append(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function decimal(option: string): (text: string) => number {
  return (text) => {
    const number = text.trim() === "" ? NaN : Number(text);
    if (!Number.isFinite(number)) refuse(option, text, "a number");
    return number;
  };
}

function whole(
  option: string,
  { least = 0, most = Number.MAX_SAFE_INTEGER }: { readonly least?: number; readonly most?: number } = {},
): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return (text) => {
    const number = decimal(option)(text);
    if (!Number.isSafeInteger(number) || number < least || number > most) {
      refuse(option, text, `a whole number ${range}`);
    }
    return number;
  };
}

function refuse(option: string, text: string, expected: string): never {
  throw new RangeError(`Cannot use --${option}: found ${JSON.stringify(text)}, expected ${expected}`);
}
