import { contactSheet, type Frame, type Model, type Picture, toPictures, usual } from "@unnoise/lib";
import type { Command } from "commander";
import { writePicture } from "../picture/write.ts";
import { writeFrame } from "./frames.ts";
import { changedWeights, type LikeOptions, settingsOf } from "./like.ts";
import type { OutOptions, RunOptions } from "./options.ts";
import { startProgress } from "./progress.ts";

/** What one picture is made of. */
export type Plan = {
  /** What it shall show. */
  readonly prompt: string;
  /** The noise that it grows from. */
  readonly seed: number;
  /** The run, not yet begun. */
  readonly frames: AsyncIterable<Frame>;
};

/** What a verb has been told, as far as drawing goes. */
export type DrawingOptions = RunOptions & OutOptions & LikeOptions;

/** What the library's pipelines are told, of what the command line says. */
export function runOf({ steps, guidance, scheduler, eta, negative, frames }: DrawingOptions) {
  return {
    steps,
    guidanceScale: guidance,
    scheduler,
    eta,
    negativePrompts: negative === undefined ? undefined : [negative],
    previews: frames === undefined ? "none" : "full",
    warn: (sentence: string) => console.error(sentence),
  } as const;
}

/**
 * Draws pictures one by one, shows how far it is, and writes them side by side into one file with its settings.
 *
 * @param found what the options say less exactly, the seed that was drawn for one
 */
export async function drawOut(
  command: Command,
  model: Model,
  { plans, found }: { readonly plans: readonly Plan[]; readonly found: Readonly<Record<string, unknown>> },
): Promise<void> {
  const options = command.opts<DrawingOptions>();
  const { columns, scale, out, quality } = options;
  const note = changedWeights(options, model);
  if (note !== undefined) console.error(note);
  const taken = usually(model, options);
  const pictures = await draw(plans, { ...options, ...taken, preview: model.preview });
  const settings = options.settings ? settingsOf(command, { model, found: { ...taken, ...found } }) : undefined;
  await writePicture(out, contactSheet(pictures, { columns, scale }), { settings, quality });
  console.log(`${out}: ${plans.map(({ prompt, seed }) => `${named(prompt)} (seed ${seed})`).join(", ")}`);
}

/** The steps and the guidance that are taken: what was asked for, or what is usual for the model. */
export function usually(model: Model, { steps, guidance, scheduler }: RunOptions) {
  const found = usual(model, scheduler);
  return { steps: steps ?? found.steps, guidance: guidance ?? found.guidanceScale };
}

async function draw(
  plans: readonly Plan[],
  { steps, frames: folder, scale, preview }: DrawingOptions & Pick<Model, "preview"> & { readonly steps: number },
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  const progress = startProgress(plans.length * steps);
  try {
    for (const [k, { prompt, frames }] of plans.entries()) {
      const prefix = plans.length === 1 ? "" : `${String(k + 1).padStart(String(plans.length).length, "0")}-`;
      for await (const frame of frames) {
        progress.show(k * steps + Math.round(steps * frame.index / frame.count), named(prompt));
        if (folder !== undefined) await writeFrame(frame, { folder, prefix, scale, preview });
        if (frame.index === frame.count) pictures.push(...toPictures(frame.picture!));
      }
    }
  } finally {
    progress.stop();
  }
  return pictures;
}

const LONGEST = 60;

function named(prompt: string): string {
  if (prompt === "") return "nothing in particular";
  return prompt.length > LONGEST ? `${prompt.slice(0, LONGEST)}…` : prompt;
}
