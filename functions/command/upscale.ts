import {
  fromPictures,
  openUpscaler,
  type Picture,
  type Tensor,
  toPictures,
  upscale,
  type Upscaler,
  withChannels,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { Command } from "commander";
import { readPicture } from "../picture/read.ts";
import { checkPath, writePicture } from "../picture/write.ts";
import { modelFolder } from "../program/model_folder.ts";
import { writeFrame } from "./frames.ts";
import { changedWeights, type LikeOptions, settingsOf, takesLike } from "./like.ts";
import { decimal, whole } from "./numbers.ts";
import { withOpened } from "./opened.ts";
import { type FileOptions, type ModelOptions, takesFile, takesModel } from "./options.ts";
import { startProgress } from "./progress.ts";

/** What the verb is told. */
type Options = FileOptions & ModelOptions & LikeOptions & {
  readonly seed: number;
  readonly steps: number;
  readonly scheduler: string | undefined;
  readonly eta: number | undefined;
  readonly tile: number;
  readonly overlap: number | undefined;
  readonly frames: string | undefined;
};

/** A picture becomes sixteen times as large, and a run holds several copies of it in numbers of four bytes. */
const LARGEST_PIXELS = 2 ** 20;

const examples = `
Examples:
  $ deno task unnoise upscale small.png --out large.png
  $ deno task unnoise upscale small.png --steps 1 --out soft.png     nearest to the truth, and softer`;

/** A picture four times as wide and as high. */
export function upscaleCommand(): Command {
  const command = new Command("upscale")
    .description("Makes a picture four times as wide and as high, and draws what it lacks.")
    .argument("<picture>", "a PNG, JPEG or WebP file of at most a million pixels")
    .option("-s, --seed <number>", "the seed of the noise that details grow from", whole("seed"), 0)
    .option("-n, --steps <number>", "how many steps to take; 1 is the mean of all answers", whole("steps"), 4)
    .option("--scheduler <name>", "the short name of a scheduler (default: the one that the model was made for)")
    .option("--eta <number>", "how much fresh noise each step adds, 0 to 1", decimal("eta"))
    .option("--tile <pixels>", "the side of the tiles that larger pictures are seen in", whole("tile"), 64)
    .option("--overlap <pixels>", "how far tiles overlap (default: a quarter of a tile)", whole("overlap"))
    .option("--frames <folder>", "write every step there, too: the sample (x) and the network's guess (image)");
  return takesModel(takesLike(takesFile(command)), { model: "emoji-upscaler" })
    .addHelpText("after", examples).action(enlarge);
}

async function enlarge(path: string, options: Options, command: Command): Promise<void> {
  const { out, quality, device } = options;
  await checkPath(out);
  const folder = await modelFolder(options.model, "upscaler.json");
  const picture = await readPicture(path, { maxPixels: LARGEST_PIXELS });
  await withOpened((runtime) => openUpscaler(diskFolder(folder), runtime), {
    device,
    async use(model) {
      const note = changedWeights(options, model);
      if (note !== undefined) console.error(note);
      const large = await draw(model, picture, options);
      const settings = options.settings ? settingsOf(command, { model, found: {} }) : undefined;
      await writePicture(out, withChannels(large, picture.channels), { settings, quality });
    },
  });
  const { width, height } = picture;
  console.log(`${out}: ${path}, ${width}×${height} pixels enlarged (seed ${options.seed})`);
}

async function draw(
  model: Upscaler,
  picture: Picture,
  { seed, steps, scheduler, eta, tile, overlap, frames: folder }: Options,
): Promise<Picture> {
  const image = fromPictures([withChannels(picture, 3)]);
  const progress = startProgress(steps);
  let taken = 0;
  let large: Tensor | undefined;
  const run = upscale(model, {
    image,
    seeds: [seed],
    steps,
    scheduler,
    eta,
    tile,
    overlap,
    previews: folder === undefined ? "none" : "full",
    onTile: (done, count) => progress.show(taken + Math.floor(10 * done / count) / 10, "details"),
  });
  const preview = (samples: typeof image) => model.decode(samples, image);
  try {
    for await (const frame of run) {
      taken = Math.round(steps * frame.index / frame.count);
      if (folder !== undefined) await writeFrame(frame, { folder, prefix: "", scale: 1, preview });
      large = frame.picture;
    }
  } finally {
    progress.stop();
  }
  return toPictures(large!)[0]!;
}
