import { imageToImage } from "@unnoise/lib";
import { Command } from "commander";
import { checkPath } from "../picture/write.ts";
import { type DrawingOptions, drawOut, runOf } from "./draw.ts";
import { readKnown } from "./known.ts";
import { takesLike } from "./like.ts";
import { firstSeed, withModel } from "./opened.ts";
import {
  type FitOptions,
  type ModelOptions,
  takesCount,
  takesFit,
  takesModel,
  takesOut,
  takesRun,
  takesStrength,
} from "./options.ts";

/** What the verb is told. */
type Options = DrawingOptions & ModelOptions & FitOptions & {
  readonly prompt: string;
  readonly count: number;
  readonly sketch: boolean;
  readonly strength: number | undefined;
};

const examples = `
Examples:
  $ deno task unnoise edit pizza.jpg --prompt "a slice of pizza, pixel style" --strength 0.5 --out new.png
  $ deno task unnoise edit doodle.png --sketch --prompt "a red apple" --count 4 --columns 2`;

/** Pictures out of pictures and words. */
export function editCommand(): Command {
  const command = new Command("edit")
    .description("Makes a picture out of a picture and words: a photograph, a sketch, a doodle.")
    .argument("<picture>", "a PNG, JPEG or WebP file")
    .option("-p, --prompt <words>", "what it shall show", "")
    .option("--sketch", "the picture is a doodle or a line drawing: more of it may change", false);
  takesStrength(command, { what: "how much may change, 0 to 1 (default: 0.5, of a sketch 0.8)" });
  takesFit(takesCount(takesRun(command)));
  return takesModel(takesLike(takesOut(command)), { model: "emoji" }).addHelpText("after", examples).action(edit);
}

async function edit(path: string, options: Options, command: Command): Promise<void> {
  await checkPath(options.out);
  await withModel(options, async (model) => {
    const { prompt, count, sketch, strength = sketch ? 0.8 : 0.5 } = options;
    const { image } = await readKnown(path, model, options);
    const first = firstSeed(options.seed);
    const plans = Array.from({ length: count }, (_, k) => {
      const run = { prompts: [prompt], seeds: [first + k], image, strength, ...runOf(options) };
      return { prompt, seed: first + k, frames: imageToImage(model, run) };
    });
    await drawOut(command, model, { plans, found: { seed: first, strength } });
  });
}
