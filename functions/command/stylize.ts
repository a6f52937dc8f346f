import { stylize } from "@unnoise/lib";
import { Command } from "commander";
import { checkPath } from "../picture/write.ts";
import { type DrawingOptions, drawOut, runOf } from "./draw.ts";
import { readKnown } from "./known.ts";
import { takesLike } from "./like.ts";
import { whole } from "./numbers.ts";
import { firstSeed, withModel } from "./opened.ts";
import {
  type FitOptions,
  type ModelOptions,
  takesFit,
  takesModel,
  takesOut,
  takesRun,
  takesStrength,
} from "./options.ts";

/** What the verb is told. */
type Options = DrawingOptions & ModelOptions & FitOptions & {
  readonly prompt: string | undefined;
  readonly from: string;
  readonly strength: number;
  readonly rounds: number;
};

const examples = `
Examples:
  $ deno task unnoise stylize pizza.png --from "a slice of pizza, flat style" --prompt "a slice of pizza, pixel style"`;

/** The same object in another style. */
export function stylizeCommand(): Command {
  const command = new Command("stylize")
    .description("Draws the same object in another style: back to its noise under one prompt, forward under another.")
    .argument("<picture>", "a PNG, JPEG or WebP file")
    .option("-p, --prompt <words>", "what it shall be (needed, here or in --like)")
    .option("--from <words>", "what it shows now", "")
    .option(
      "--rounds <number>",
      "how often each step of the way back is asked about",
      whole("rounds", { least: 1 }),
      2,
    );
  takesStrength(command, { by: 0.8, what: "how far back to the noise it goes, 0 to 1" });
  takesFit(takesRun(command));
  return takesModel(takesLike(takesOut(command)), { model: "emoji" }).addHelpText("after", examples).action(restyle);
}

async function restyle(path: string, options: Options, command: Command): Promise<void> {
  const { prompt, from, strength, rounds } = options;
  if (prompt === undefined) {
    throw new TypeError(`Cannot draw ${path} in another style: expected what it shall be (--prompt)`);
  }
  await checkPath(options.out);
  await withModel(options, async (model) => {
    const { image } = await readKnown(path, model, options);
    const seed = firstSeed(options.seed);
    const run = { prompts: [prompt], from: [from], seeds: [seed], image, strength, rounds, ...runOf(options) };
    const plans = [{ prompt, seed, frames: stylize(model, run) }];
    await drawOut(command, model, { plans, found: { seed } });
  });
}
