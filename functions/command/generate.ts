/**
 * Pictures from the command line: `deno run -A functions/command/generate.ts --help`.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import {
  classToImage,
  contactSheet,
  encodePng,
  type Frame,
  InvalidOption,
  type Model,
  openModel,
  parseConfig,
  type Picture,
  schedulersFor,
  toPictures,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { SingleBar } from "cli-progress";
import { modelFolder } from "../program/model_folder.ts";
import { run } from "../program/run.ts";
import { chooseRuntime } from "../program/runtime.ts";
import { writeFrame } from "./frames.ts";
import { type Options, readOptions } from "./options.ts";
import { checkOut, writeOut } from "./out.ts";

/** What one picture is made of. */
type Plan = { readonly prompt: string; readonly seed: number; readonly frames: AsyncIterable<Frame> };

await run(async () => {
  const options = readOptions(process.argv.slice(2), await schedulerNames());
  await checkOut(options.out);
  const { runtime, note } = await chooseRuntime(options.device);
  if (note !== undefined) console.error(note);
  const model = await openModel(diskFolder(await modelFolder(options.model)), runtime);
  const plans = planFor(model, options);
  const pictures = await draw(plans, options);
  const { columns, scale, out } = options;
  await writeOut(out, encodePng(contactSheet(pictures, { columns, scale })));
  console.log(
    `${out}: ${plans.map(({ prompt, seed }) => `${prompt === "" ? "no class" : prompt} (seed ${seed})`).join(", ")}`,
  );
  await model.release();
});

/** What `--help` names: the schedulers that run the network of the model that draws when none is asked for. */
async function schedulerNames(): Promise<string[]> {
  const config = join(await modelFolder("fashion"), "scheduler/scheduler_config.json");
  return schedulersFor(parseConfig(await readFile(config, "utf8"))).map(({ name }) => name);
}

/** One of every class, or what was asked. Nothing is drawn yet, and whatever cannot be met is refused here. */
function planFor(model: Model, options: Options): Plan[] {
  const { seed, steps, guidance: guidanceScale, scheduler, eta } = options;
  const first = seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
  const wanted = options.prompt.length === 0 ? model.classes : options.prompt;
  try {
    return wanted.map((prompt, k) => {
      // Each picture is drawn alone, as the endpoint does: in a batch its last bits could differ.
      const run = { prompts: [prompt], seeds: [first + k], steps, guidanceScale, scheduler, eta };
      return { prompt, seed: first + k, frames: classToImage(model, run) };
    });
  } catch (error) {
    throw error instanceof InvalidOption ? new RangeError(`${error.message} (--${flagOf(error.option)})`) : error;
  }
}

/** The library's options have the names of ours, but for one. */
function flagOf(option: string): string {
  return option === "guidanceScale" ? "guidance" : option;
}

async function draw(plans: readonly Plan[], { steps, frames: folder, scale }: Options): Promise<Picture[]> {
  const bar = new SingleBar({
    format: "{bar} {percentage} % | step {value} of {total} | {prompt} | {eta_formatted} left",
    clearOnComplete: true,
  });
  const pictures: Picture[] = [];
  bar.start(plans.length * steps, 0, { prompt: "" });
  try {
    for (const [k, { prompt, frames }] of plans.entries()) {
      const prefix = plans.length === 1 ? "" : `${String(k + 1).padStart(String(plans.length).length, "0")}-`;
      for await (const frame of frames) {
        bar.update(k * steps + Math.round(steps * frame.index / frame.count), { prompt });
        if (folder !== undefined) await writeFrame(frame, { folder, prefix, scale });
        if (frame.index === frame.count) pictures.push(...toPictures(frame.image));
      }
    }
  } finally {
    bar.stop();
  }
  return pictures;
}
