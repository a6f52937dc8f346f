import { type Frame, type Model, openModel, type Row, schedulersFor, textToImage } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { fields } from "../widgets/the_whole_loop/state.ts";

/** The repository's model; the build always runs in the repository. */
const folder = diskFolder("models/fashion");

/** A run that was recorded, and what there is to choose for other runs of the same network. */
export type Recording = {
  readonly frames: readonly Frame[];
  readonly classes: readonly string[];
  readonly schedulers: readonly Row[];
  readonly fingerprint: string;
};

/** A run of the real network with the settings that the figure opens with, made while the site is built. */
export async function record(): Promise<Recording> {
  const model: Model = await openModel(folder, nodeRuntime());
  const schedulers = schedulersFor(model.schedulerConfig);
  const { prompt, seed, steps, guidance, scheduler } = fields(model.classes, schedulers.map(({ name }) => name));
  const frames = await Array.fromAsync(textToImage(model, {
    prompts: [prompt.initial],
    seeds: [seed.initial],
    steps: steps.initial,
    guidanceScale: guidance.initial,
    scheduler: scheduler.initial,
  }));
  await model.release();
  return { frames, classes: model.classes, schedulers, fingerprint: model.fingerprint };
}
