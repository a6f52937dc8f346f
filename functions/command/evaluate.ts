import { stat } from "node:fs/promises";
import { dirname, extname } from "node:path";
import {
  type Asked,
  evaluate,
  type Evaluation,
  fromPictures,
  InvalidOption,
  type Judge,
  type Tensor,
  withChannels,
} from "@unnoise/lib";
import { Command, Option } from "commander";
import { chooseRuntime } from "../program/runtime.ts";
import { writeWhole } from "../program/write_whole.ts";
import { openNamedJudge } from "../report/judge.ts";
import { labelOf } from "../report/labels.ts";
import { type Entry, readFolder } from "../report/read_folder.ts";
import { summary } from "../report/summary.ts";
import { type Progress, startProgress } from "./progress.ts";

/** What the verb is told. */
type Options = {
  readonly generated: string;
  readonly real: string;
  readonly judge: string | undefined;
  readonly training: string | undefined;
  readonly pairs: boolean;
  readonly by: "pixels" | "features";
  readonly out: string;
  readonly device: string | undefined;
};

/** The pictures of each folder that was named. */
type Folders = { readonly generated: Entry[]; readonly real: Entry[]; readonly training: Entry[] | undefined };

const examples = `
Examples:
  $ deno task evaluate --generated drawn --real test --judge fashion
  $ deno task evaluate --generated drawn --real test --judge fashion --training train --out drawn.html
  $ deno task evaluate --generated restored --real originals --pairs

What a picture was asked to show is read from the folder that it lies in (drawn/coat/1.png), from its name (coat-1.png),
or from the settings that were written into it. The real pictures should be new to the model: they say what is near.`;

/** Generated pictures measured against real ones, with a report. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description("Measures generated pictures against real ones and writes a report.")
    .requiredOption("--generated <folder>", "the generated pictures: PNG, JPEG and WebP files, in folders or not")
    .requiredOption("--real <folder>", "real pictures of the same size that the model never saw")
    .option("--judge <id>", "a folder in models/judges: Fréchet distance, and how many show what was asked for")
    .option("--training <folder>", "the pictures that the model was trained on: memorised or new?")
    .option("--pairs", "each generated picture is an attempt at the real one of the same name: PSNR and SSIM", false)
    .addOption(
      new Option("--by <what>", "find the nearest training pictures by these").choices(["pixels", "features"])
        .default("pixels"),
    )
    .option("-o, --out <file>", "the HTML file to write", "report.html")
    .option("--device <name>", "cpu, wasm, cuda, webgpu … (default: the fastest that loads)")
    .addHelpText("after", examples)
    .action(measure);
}

async function measure(options: Options): Promise<void> {
  const { out, device } = options;
  await checkOut(out);
  const bar = createBar();
  let judge: Judge | undefined;
  try {
    if (options.judge !== undefined) {
      const { runtime, note } = await chooseRuntime(device);
      if (note !== undefined) console.error(note);
      judge = await openNamedJudge(options.judge, runtime);
    }
    const folders = await readFolders(options, bar);
    const pictures = picturesOf(folders, options, judge);
    const evaluation = await evaluate({
      ...pictures,
      pairs: options.pairs,
      judge,
      asked: judge && labelsOf(folders.generated, judge),
      known: judge && labelsOf(folders.real, judge),
      nearestBy: options.by,
      onProgress: (done, total, part) => bar.show(part, done, total),
    }).catch((error) => {
      throw error instanceof InvalidOption ? new RangeError(`${error.message} (${flagOf(error.option)})`) : error;
    });
    bar.stop();
    await write(evaluation, folders, { pictures, out });
  } finally {
    bar.stop();
    await judge?.release();
  }
}

async function write(
  evaluation: Evaluation,
  { generated }: Folders,
  { pictures, out }: { readonly pictures: ReturnType<typeof picturesOf>; readonly out: string },
) {
  // What draws the plots is large: the other verbs start without it.
  const { report } = await import("../report/report.ts");
  await writeWhole(out, report(evaluation, pictures, { names: generated.map(({ name }) => name) }));
  console.log([`${out}:`, ...summary(evaluation)].join("\n"));
}

/** A bar that begins anew with each part of the work. */
function createBar() {
  let current: { readonly part: string; readonly progress: Progress } | undefined;
  const stop = () => {
    current?.progress.stop();
    current = undefined;
  };
  return {
    show(part: string, done: number, total: number) {
      if (current?.part !== part) {
        stop();
        current = { part, progress: startProgress(total, { part: "picture" }) };
      }
      current.progress.show(done, part);
    },
    stop,
  };
}

async function readFolders(options: Options, bar: ReturnType<typeof createBar>): Promise<Folders> {
  const read = (folder: string) => {
    return readFolder(folder, { onProgress: (...counts) => bar.show(`reading ${folder}`, ...counts) });
  };
  const [generated, real] = [await read(options.generated), await read(options.real)];
  const training = options.training === undefined ? undefined : await read(options.training);
  return { generated, real: options.pairs ? paired(generated, real, options) : real, training };
}

/** All pictures in one size and as many channels: the judge's, or colour where any picture has it. */
function picturesOf(folders: Folders, options: Options, judge: Judge | undefined) {
  const all = Object.values(folders).flatMap((entries) => entries ?? []);
  const channels = judge?.shape[0] ?? Math.max(...all.map(({ picture }) => picture.channels));
  const first = folders.generated[0]!;
  const batch = (option: "generated" | "real" | "training", entries: readonly Entry[]): Tensor => {
    for (const { name, picture: { width, height } } of entries) {
      if (width === first.picture.width && height === first.picture.height) continue;
      throw new RangeError(
        `Cannot compare ${
          options[option]
        }/${name} of ${width}×${height} pixels with ${options.generated}/${first.name} of ${first.picture.width}×${first.picture.height}: expected pictures of one size`,
      );
    }
    return fromPictures(entries.map(({ picture }) => withChannels(picture, channels === 1 ? 1 : 3)));
  };
  return {
    generated: batch("generated", folders.generated),
    real: batch("real", folders.real),
    training: folders.training && batch("training", folders.training),
  };
}

/** The real pictures in the order of the generated ones, whatever format each is in. */
function paired(generated: readonly Entry[], real: readonly Entry[], options: Options): Entry[] {
  const stem = (name: string) => name.slice(0, name.length - extname(name).length);
  const byStem = new Map(real.map((entry) => [stem(entry.name), entry]));
  return generated.map(({ name }) => {
    const own = byStem.get(stem(name));
    if (own !== undefined) return own;
    throw new RangeError(
      `Cannot pair ${options.generated}/${name}: found no picture of its name in ${options.real}, expected one (--pairs)`,
    );
  });
}

/** What each picture shows, for each kind of label of which any picture tells. */
function labelsOf(entries: readonly Entry[], { labels }: Judge): Record<string, Asked> {
  return Object.fromEntries(
    Object.entries(labels).map(([output, labels]) => [output, entries.map((entry) => labelOf(entry, labels))]),
  );
}

async function checkOut(path: string): Promise<void> {
  if (extname(path).toLowerCase() !== ".html") {
    throw new TypeError(`Cannot write ${path}: expected a name that ends in .html`);
  }
  const folder = dirname(path);
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory();
  if (isFolder !== true) throw new TypeError(`Cannot write ${path}: there is no folder ${folder}`);
}

const flags: Readonly<Record<string, string>> = { nearestBy: "--by", asked: "--generated", known: "--real" };

/** The library's options have the names of ours, but for these. */
function flagOf(option: string): string {
  return flags[option] ?? `--${option}`;
}
