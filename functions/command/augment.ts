import { mkdir, readdir } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, relative } from "node:path";
import process from "node:process";
import { augment, type Model, toPictures } from "@unnoise/lib";
import { Command } from "commander";
import { endings } from "../picture/format.ts";
import { writePicture } from "../picture/write.ts";
import type { Settings } from "../picture/settings.ts";
import { usually } from "./draw.ts";
import { readKnown } from "./known.ts";
import { type Manifest, openManifest } from "./manifest.ts";
import { whole } from "./numbers.ts";
import { withModel } from "./opened.ts";
import {
  type FitOptions,
  type ModelOptions,
  type RunOptions,
  takesFit,
  takesModel,
  takesRun,
  takesStrength,
} from "./options.ts";
import { type Progress, startProgress } from "./progress.ts";

/** What the verb is told. */
type Options = RunOptions & ModelOptions & FitOptions & {
  readonly in: string;
  readonly out: string;
  readonly count: number;
  readonly prompt: string | undefined;
  readonly strength: number;
};

/** A picture of the folder, and what it shows. */
type Source = { readonly path: string; readonly name: string; readonly label: string };

const MANIFEST = "manifest.jsonl";

const examples = `
Examples:
  $ deno task unnoise augment --in coats --prompt coat --count 5 --out more-coats
  $ deno task unnoise augment --in train --count 3 --out more --model fashion

Without --prompt the folder holds a folder a label: train/coat/1.png, train/bag/2.png. The same command goes on where it
was stopped. Each line of ${MANIFEST} names a picture, its source, its label and its seed.`;

/** More pictures of the same labels. */
export function augmentCommand(): Command {
  const command = new Command("augment")
    .description("Makes variations of each picture of a folder that keep its label, for training on.")
    .requiredOption("--in <folder>", "PNG, JPEG and WebP files, in a folder a label or all of one")
    .requiredOption("-o, --out <folder>", `where the variations and ${MANIFEST} go`)
    .option("-c, --count <number>", "how many to make of each", whole("count", { least: 1 }), 4)
    .option("-p, --prompt <words>", "what all of them show (default: the name of the folder that each lies in)");
  takesStrength(command, { by: 0.6, what: "how much a variation may change, 0 to 1" });
  takesModel(takesFit(takesRun(command, { seed: "0" })), { model: "fashion" });
  return command.addHelpText("after", examples).action(vary);
}

async function vary(options: Options): Promise<void> {
  const { out, count } = options;
  const sources = await sourcesIn(options);
  await mkdir(out, { recursive: true }).catch((error) => {
    throw new TypeError(`Cannot make the folder ${out}: ${error.message}`, { cause: error });
  });
  await withModel(options, async (model) => {
    for (const label of new Set(sources.map(({ label }) => label))) model.read(label);
    const manifest = await openManifest(join(out, MANIFEST), settingsFor(options, model));
    const sentences = new Set<string>();
    const [before, progress] = [manifest.size(), startProgress(sources.length * count, { part: "picture" })];
    let failed = 0;
    try {
      for (const [place, source] of sources.entries()) {
        const run = {
          ...options,
          model,
          place,
          manifest,
          progress,
          warn: (sentence: string) => sentences.add(sentence),
        };
        if (!await varyOne(source, run)) failed++;
      }
    } finally {
      progress.stop();
      await manifest.close();
    }
    for (const sentence of sentences) console.error(sentence);
    const there = before === 0 ? "" : `, ${before} were there`;
    console.log(`${out}: ${manifest.size() - before} pictures made of ${sources.length - failed}${there}`);
    if (failed > 0) process.exitCode = 1;
  });
}

/** What the variations of one picture need. */
type Run = Omit<Options, "model"> & {
  readonly model: Model;
  readonly place: number;
  readonly manifest: Manifest;
  readonly progress: Progress;
  readonly warn: (sentence: string) => void;
};

/** Makes what is not there yet of one picture; tells whether it could be read. One bad picture shall not cost the others. */
async function varyOne(source: Source, { model, place, manifest, progress, ...options }: Run): Promise<boolean> {
  const { out, count, seed: first = 0, warn } = options;
  progress.show(place * count, source.name);
  const files = Array.from({ length: count }, (_, variation) => fileFor(source, variation));
  if (files.every((file) => manifest.has(file))) return true;
  const known = await readKnown(source.path, model, options).catch((error: Error) => error);
  if (known instanceof Error) {
    warn(known.message);
    return false;
  }
  const run = { image: known.image, prompts: [source.label], count, seed: first + place * count, ...runOf(options) };
  for await (const { variation, seed, picture } of augment(model, { ...run, warn })) {
    const file = files[variation]!;
    if (manifest.has(file)) continue;
    await mkdir(dirname(join(out, file)), { recursive: true });
    await writePicture(join(out, file), toPictures(picture)[0]!);
    await manifest.add({ file, source: source.name, label: source.label, seed, variation });
    progress.show(place * count + variation + 1, source.name);
  }
  return true;
}

/** The pictures of a folder, in the order of their names on every machine. */
async function sourcesIn({ in: folder, out, prompt }: Options): Promise<Source[]> {
  const inside = relative(folder, out);
  if (inside.split(/[\\/]/)[0] !== ".." && !isAbsolute(inside)) {
    throw new TypeError(`Cannot write into ${out}: it lies in ${folder}, expected a folder beside it`);
  }
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    throw new TypeError(`Cannot read the folder ${folder}: ${error.message}`, { cause: error });
  });
  const paths = entries.filter((entry) => entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
  const sources = paths.map((path) => {
    const name = relative(folder, path).replaceAll("\\", "/");
    return { path, name, label: prompt ?? labelOf(name) };
  });
  if (sources.length === 0) throw new TypeError(`Cannot vary ${folder}: found no PNG, JPEG or WebP file in it`);
  return sources.sort((a, b) => a.name < b.name ? -1 : 1);
}

function labelOf(name: string): string {
  const label = dirname(name);
  if (label !== ".") return basename(label);
  throw new TypeError(`Cannot tell what ${name} shows: expected --prompt, or a folder for each label`);
}

/** Two sources that differ in their ending alone stay two. */
function fileFor({ name }: Source, variation: number): string {
  return `${name.replace(/\.([^.]+)$/, "-$1")}-${variation}.png`;
}

function runOf({ strength, steps, guidance, scheduler, eta, negative }: Omit<Options, "model">) {
  return {
    strength,
    steps,
    guidanceScale: guidance,
    scheduler,
    eta,
    negativePrompts: negative === undefined ? undefined : [negative],
  };
}

/** What must be the same when a folder is gone on with. */
function settingsFor(options: Options, opened: Model): Settings {
  const { fingerprint } = opened;
  const { steps, guidance } = usually(opened, options);
  const { model, strength, scheduler, eta, negative, fit, count } = options;
  const settings = {
    model,
    fingerprint,
    strength,
    steps,
    guidance,
    scheduler,
    eta,
    negative,
    fit,
    count,
    seed: options.seed ?? 0,
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => value === undefined ? [] : [[key, value]]),
  );
}
