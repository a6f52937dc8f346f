import { classToImage, type Frame, type Model, openModel } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { fields } from "../widgets/the_whole_loop/state.ts";

/** The repository's model; the build always runs in the repository. */
const folder = diskFolder("models/fashion");

/** A run of the real network with the settings that the figure opens with, made while the site is built. */
export async function record(): Promise<{ frames: Frame[]; classes: readonly string[]; fingerprint: string }> {
  const model: Model = await openModel(folder, nodeRuntime());
  const { prompt, seed, steps, guidance, scheduler } = fields(model.classes);
  const frames = await Array.fromAsync(classToImage(model, {
    prompts: [prompt.initial],
    seeds: [seed.initial],
    steps: steps.initial,
    guidanceScale: guidance.initial,
    scheduler: scheduler.initial,
  }));
  await model.release();
  return { frames, classes: model.classes, fingerprint: model.fingerprint };
}
