import { inpaint } from "@unnoise/lib";
import { Command } from "commander";
import { checkPath } from "../picture/write.ts";
import { type DrawingOptions, drawOut, runOf } from "./draw.ts";
import { type MaskOptions, readKnown, readMask } from "./known.ts";
import { takesLike } from "./like.ts";
import { decimal, whole } from "./numbers.ts";
import { firstSeed, withModel } from "./opened.ts";
import { type ModelOptions, takesCount, takesFit, takesModel, takesOut, takesRun, takesStrength } from "./options.ts";

/** What the verb is told. */
type Options = DrawingOptions & ModelOptions & MaskOptions & {
  readonly prompt: string;
  readonly count: number;
  readonly strength: number;
  readonly resample: number;
};

const examples = `
Examples:
  $ deno task unnoise inpaint scratched.png --mask scratches.png --out whole.png
  $ deno task unnoise inpaint face.png --mask eyes.png --prompt "a face with sunglasses" --feather 1
  $ deno task unnoise inpaint hole.png --resample 5      the hole is where the picture is transparent`;

/** Parts of pictures, painted anew. */
export function inpaintCommand(): Command {
  const command = new Command("inpaint")
    .description("Paints a part of a picture anew: mends what is damaged, fills in what is missing, puts something in.")
    .argument("<picture>", "a PNG, JPEG or WebP file")
    .option("-p, --prompt <words>", "what the whole shall show", "")
    .option("-m, --mask <picture>", "white is painted anew, black is kept (default: the picture's transparent pixels)")
    .option("--invert", "keep what the mask marks, and paint the rest", false)
    .option(
      "--feather <pixels>",
      "soften the edge of the mask over so many of the model's pixels",
      decimal("feather", { least: 0, most: 64 }),
      0,
    )
    .option(
      "--resample <number>",
      "take every step so often, so that old and new grow together",
      whole("resample", { least: 1 }),
      1,
    );
  takesStrength(command, { by: 1, what: "how much of what is under the mask may change, 0 to 1" });
  takesFit(takesCount(takesRun(command)));
  return takesModel(takesLike(takesOut(command)), { model: "emoji" }).addHelpText("after", examples).action(paint);
}

async function paint(path: string, options: Options, command: Command): Promise<void> {
  await checkPath(options.out);
  await withModel(options, async (model) => {
    const { prompt, count, strength, resample } = options;
    const { image, picture } = await readKnown(path, model, options);
    const mask = await readMask(path, picture, { ...options, pictureShape: model.pictureShape });
    const first = firstSeed(options.seed);
    const plans = Array.from({ length: count }, (_, k) => {
      const run = { prompts: [prompt], seeds: [first + k], image, mask, strength, resample, ...runOf(options) };
      return { prompt, seed: first + k, frames: inpaint(model, run) };
    });
    await drawOut(command, model, { plans, found: { seed: first } });
  });
}
