import { denoiseImage, fromPictures, openImageDenoiser, toPictures, withChannels } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { Command } from "commander";
import { readPicture } from "../picture/read.ts";
import { checkPath, writePicture } from "../picture/write.ts";
import { modelFolder } from "../program/model_folder.ts";
import { settingsOf } from "./like.ts";
import { withOpened } from "./opened.ts";
import { type FileOptions, type ModelOptions, takesFile, takesModel } from "./options.ts";
import { startProgress } from "./progress.ts";

/** What the verb is told. */
type Options = FileOptions & ModelOptions;

const examples = `
Examples:
  $ deno task unnoise denoise grainy.jpg --out clean.png`;

/** A picture without its noise. */
export function denoiseCommand(): Command {
  const command = new Command("denoise")
    .description("Takes the noise out of a picture of any size, at once.")
    .argument("<picture>", "a PNG, JPEG or WebP file");
  return takesModel(takesFile(command), { model: "conv-denoiser" }).addHelpText("after", examples).action(denoise);
}

async function denoise(path: string, options: Options, command: Command): Promise<void> {
  const { out, quality, device } = options;
  await checkPath(out);
  const folder = await modelFolder(options.model, "denoiser.json");
  const picture = await readPicture(path);
  await withOpened((runtime) => openImageDenoiser(diskFolder(folder), runtime), {
    device,
    async use(model) {
      const progress = startProgress(100, { part: "percent" });
      const onProgress = (done: number, count: number) => progress.show(Math.round(100 * done / count), path);
      try {
        const noisy = fromPictures([withChannels(picture, 3)]);
        const [clean] = toPictures(await denoiseImage(noisy, model, { onProgress }));
        const settings = options.settings ? settingsOf(command, { model, found: {} }) : undefined;
        await writePicture(out, withChannels(clean!, picture.channels), { settings, quality });
      } finally {
        progress.stop();
      }
    },
  });
  console.log(`${out}: ${path} without noise`);
}
