import { type Model, textToImage } from "@unnoise/lib";
import { Command } from "commander";
import { checkPath } from "../picture/write.ts";
import { type DrawingOptions, drawOut, runOf } from "./draw.ts";
import { takesLike } from "./like.ts";
import { firstSeed, withModel } from "./opened.ts";
import { type ModelOptions, takesModel, takesOut, takesPrompts, takesRun } from "./options.ts";

/** What the verb is told. */
type Options = DrawingOptions & ModelOptions & { readonly prompt: readonly string[] };

const examples = `
Examples:
  $ deno task generate --prompt "a slice of pizza, flat style" --seed 1 --out pizza.png
  $ deno task generate --prompt "a red apple" --steps 50 --guidance 4 --scheduler ddpm --scale 4
  $ deno task generate --prompt "a cat, 3d style" --prompt "a cat, pixel style" --columns 2
  $ deno task generate --model fashion --out garments.webp     one of every class, in a grid
  $ deno task generate --prompt "a rocket" --frames steps      every step as a pair of pictures
  $ deno task generate --like pizza.png --guidance 5           the same picture, but for its guidance`;

/** Pictures out of noise. */
export function generateCommand(): Command {
  const command = new Command("generate").description("Makes pictures out of noise.");
  takesPrompts(command, { what: "what to draw", none: "one of every class" });
  takesModel(takesLike(takesOut(takesRun(command))), { model: "emoji" });
  return command.addHelpText("after", examples).action(generate);
}

async function generate(options: Options, command: Command): Promise<void> {
  await checkPath(options.out);
  await withModel(options, async (model) => {
    const seed = firstSeed(options.seed);
    const prompt = promptsOf(options, model);
    // Each picture is drawn alone, as the endpoint does: in a batch its last bits could differ.
    const plans = prompt.map((prompt, k) => {
      const run = { prompts: [prompt], seeds: [seed + k], ...runOf(options) };
      return { prompt, seed: seed + k, frames: textToImage(model, run) };
    });
    await drawOut(command, model, { plans, found: { seed, prompt } });
  });
}

function promptsOf({ prompt }: Options, { name, classes }: Model): readonly string[] {
  if (prompt.length > 0) return prompt;
  if (classes.length > 0) return classes;
  throw new RangeError(`Cannot draw with ${name} without words: expected what to draw (--prompt)`);
}
