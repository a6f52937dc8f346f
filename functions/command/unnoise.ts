/**
 * Pictures from the command line: `deno task unnoise --help`.
 *
 * @module
 */

import process from "node:process";
import { Command } from "commander";
import { run } from "../program/run.ts";
import { augmentCommand } from "./augment.ts";
import { denoiseCommand } from "./denoise.ts";
import { editCommand } from "./edit.ts";
import { evaluateCommand } from "./evaluate.ts";
import { generateCommand } from "./generate.ts";
import { inpaintCommand } from "./inpaint.ts";
import { stylizeCommand } from "./stylize.ts";
import { upscaleCommand } from "./upscale.ts";

const verbs = [
  generateCommand,
  editCommand,
  inpaintCommand,
  stylizeCommand,
  upscaleCommand,
  augmentCommand,
  denoiseCommand,
  evaluateCommand,
];

// ONNX Runtime ends a process whose command line has some 30,000 characters, without a word.
const MOST_CHARACTERS = 20_000;

await run(async () => {
  const argv = process.argv.slice(2);
  const { length } = argv.join(" ");
  if (length > MOST_CHARACTERS) {
    throw new RangeError(
      `Cannot read a command line of ${length} characters: expected ${MOST_CHARACTERS} or fewer; models read a few dozen words`,
    );
  }
  const program = new Command("deno task unnoise").description(
    "Makes and changes pictures, with the models in models/.",
  );
  for (const verb of verbs) {
    program.addCommand(verb().showHelpAfterError("Try --help, and put quotes around names of two words."));
  }
  await program.parseAsync(argv, { from: "user" });
});
