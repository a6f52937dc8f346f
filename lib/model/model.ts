import { z } from "zod";
import type { Network } from "../prediction/prediction.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { denoiser, type Labels } from "./denoiser.ts";
import type { Folder, ReadOptions } from "./folder.ts";

/** A class-conditional model, loaded and ready. */
export type Model = {
  /** What the model calls itself. */
  readonly name: string;
  /** The names of its classes; a class's label is its place here. */
  readonly classes: readonly string[];
  /** The label that stands for no class, absent where the network was not trained with one. */
  readonly nullLabel: number | undefined;
  /** The shape of one sample: channels, height, width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** The scheduler that the model was made for, as `scheduler_config.json` has it. */
  readonly schedulerConfig: { readonly _class_name: string; readonly [option: string]: unknown };
  /** Sixteen hex digits that tell one set of weights from another; empty where the platform cannot hash. */
  readonly fingerprint: string;
  /** The device that it runs on. */
  readonly device: string;
  /** Asks the network. */
  readonly network: Network<Labels>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

const schemas = () => ({
  index: z.looseObject({ _name: z.optional(z.string()), id2label: z.record(z.string(), z.string()) }),
  unet: z.looseObject({
    sample_size: z.union([z.int().positive(), z.tuple([z.int().positive(), z.int().positive()])]),
    in_channels: z.int().positive(),
    num_class_embeds: z.int().positive(),
  }),
  scheduler: z.looseObject({ _class_name: z.string() }),
});

/**
 * Opens a folder in diffusers' layout: `model_index.json` (with `id2label`), `unet/` (config and `model.onnx`), `scheduler/`.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 *
 * @example
 * ```ts
 * import { openModel } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openModel(diskFolder("models/fashion"), nodeRuntime());
 * console.assert(model.classes.includes("ankle boot"));
 * await model.release();
 * ```
 */
export async function openModel(folder: Folder, runtime: Runtime, options: ReadOptions = {}): Promise<Model> {
  const { index, unet, scheduler } = schemas();
  const [{ _name, id2label }, config, schedulerConfig, weights] = await Promise.all([
    readJson(folder, "model_index.json", index, options),
    readJson(folder, "unet/config.json", unet, options),
    readJson(folder, "scheduler/scheduler_config.json", scheduler, options),
    folder.read("unet/model.onnx", options),
  ]);
  const classes = Object.keys(id2label).sort((a, b) => Number(a) - Number(b)).map((label) => id2label[label]!);
  const size = config.sample_size;
  const [height, width] = typeof size === "number" ? [size, size] : size;
  const session = await runtime.open(weights);
  return {
    name: _name ?? folder.location,
    classes,
    nullLabel: config.num_class_embeds > classes.length ? classes.length : undefined,
    shape: [config.in_channels, height, width],
    schedulerConfig,
    fingerprint: await fingerprintOf(weights),
    device: runtime.device,
    network: denoiser(session),
    release: session.release,
  };
}

async function readJson<Value>(folder: Folder, path: string, schema: z.ZodType<Value>, options: ReadOptions) {
  const text = new TextDecoder().decode(await folder.read(path, options));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`Cannot read ${folder.location} ${path}: found no JSON`, { cause: error });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new TypeError(`Cannot read ${folder.location} ${path}: ${issue?.path.join(".")}: ${issue?.message}`);
}

async function fingerprintOf(bytes: Uint8Array): Promise<string> {
  // Pages that came over plain HTTP from elsewhere have no crypto.subtle.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest ?? 0), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}
