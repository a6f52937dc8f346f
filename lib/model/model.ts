import { z } from "zod";
import type { Network } from "../prediction/prediction.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Autoencoder, autoencoder, pixels } from "./autoencoder.ts";
import { classLabels } from "./class_labels.ts";
import { denoiser } from "./denoiser.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import { TOLD_SCALE } from "./guidance_embedding.ts";
import type { Condition, Conditioner } from "./prompt.ts";
import { readJson } from "./read_json.ts";

/** A model, loaded and ready: told by classes or by words, at work on pixels or on latents. */
export type Model = Pick<Conditioner, "read" | "condition"> & Pick<Autoencoder, "encode" | "decode" | "preview"> & {
  /** What the model calls itself. */
  readonly name: string;
  /** The names of its classes; none where prompts are free text. */
  readonly classes: readonly string[];
  /** Whether it was trained with an empty prompt, too, which guidance needs. */
  readonly guidable: boolean;
  /**
   * In how many numbers the network is told its guidance scale, where it was distilled to be told; it is then asked once a
   * step, and what is not wanted is nothing that it could be told.
   */
  readonly guidanceSize?: number | undefined;
  /** The shape of one sample: channels, height, width. */
  readonly shape: Shape;
  /** The shape of one picture: the same as that of a sample, where there is no autoencoder. */
  readonly pictureShape: Shape;
  /** The scheduler that the model was made for, as `scheduler_config.json` has it. */
  readonly schedulerConfig: { readonly _class_name: string; readonly [option: string]: unknown };
  /** Sixteen hex digits that tell one set of weights from another; empty where the platform cannot hash. */
  readonly fingerprint: string;
  /** The device that it runs on. */
  readonly device: string;
  /** Asks the network. */
  readonly network: Network<readonly Condition[]>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

/** Channels, height, width. */
export type Shape = readonly [channels: number, height: number, width: number];

const schemas = () => ({
  index: z.looseObject({
    _name: z.optional(z.string()),
    id2label: z.optional(z.record(z.string(), z.string())),
    text_encoder: z.optional(z.unknown()),
    vae: z.optional(z.unknown()),
  }),
  unet: z.looseObject({
    sample_size: z.union([z.int().positive(), z.tuple([z.int().positive(), z.int().positive()])]),
    in_channels: z.int().positive(),
    num_class_embeds: z.nullish(z.int().positive()),
    time_cond_proj_dim: z.nullish(z.int().min(4).multipleOf(2)),
  }),
  vae: z.looseObject({
    in_channels: z.int().positive(),
    block_out_channels: z.array(z.int().positive()).min(1),
    scaling_factor: z.number().default(0.18215),
    shift_factor: z.nullish(z.number()),
    latent_rgb_factors: z.optional(z.array(z.array(z.number()).length(3))),
  }),
  scheduler: z.looseObject({ _class_name: z.string() }),
});

/**
 * Opens a folder in diffusers' layout: `model_index.json`, `unet/` (config and `model.onnx`), `scheduler/`. Models of
 * classes name them in `id2label`; models of words have a `tokenizer/` and a `text_encoder/`; latent models have a `vae/`
 * (config), a `vae_encoder/` and a `vae_decoder/`.
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
  const schema = schemas();
  const [index, unet, schedulerConfig, weights] = await Promise.all([
    readJson(folder, "model_index.json", schema.index, options),
    readJson(folder, "unet/config.json", schema.unet, options),
    readJson(folder, "scheduler/scheduler_config.json", schema.scheduler, options),
    folder.read("unet/model.onnx", options),
  ]);
  const name = index._name ?? folder.location;
  const { conditioner, classes, guidable } = index.text_encoder
    ? await wordsOf(folder, runtime, options)
    : classesOf(folder, name, index.id2label, unet.num_class_embeds);
  const { coder, factor, channels } = index.vae
    ? await openAutoencoder(folder, runtime, options)
    : { coder: pixels, factor: 1, channels: unet.in_channels };
  const session = await runtime.open(weights);
  const size = unet.sample_size;
  const guidanceSize = unet.time_cond_proj_dim ?? undefined;
  const [height, width] = typeof size === "number" ? [size, size] : size;
  return {
    name,
    classes,
    guidable,
    guidanceSize,
    shape: [unet.in_channels, height, width],
    pictureShape: [channels, height * factor, width * factor],
    schedulerConfig,
    fingerprint: await fingerprintOf(weights),
    device: runtime.device,
    read: conditioner.read,
    condition: conditioner.condition,
    encode: coder.encode,
    decode: coder.decode,
    preview: coder.preview,
    network: denoiser(session, guidanceSize === undefined ? conditioner.inputs : [...conditioner.inputs, TOLD_SCALE]),
    async release() {
      await Promise.all([session, conditioner, coder].map(({ release }) => release()));
    },
  };
}

async function wordsOf(folder: Folder, runtime: Runtime, options: ReadOptions) {
  // Loaded when it is needed: pages with models of classes do without a tokenizer.
  const { textEncoder } = await import("./text_encoder.ts");
  return { conditioner: await textEncoder(folder, runtime, options), classes: [], guidable: true };
}

function classesOf(
  folder: Folder,
  name: string,
  labels: Readonly<Record<string, string>> | undefined,
  count: number | null | undefined,
) {
  if (labels === undefined) {
    throw new TypeError(`Cannot read ${folder.location} model_index.json: found no text_encoder and no id2label`);
  }
  if (count === undefined || count === null) {
    throw new TypeError(`Cannot read ${folder.location} unet/config.json: found no num_class_embeds`);
  }
  const classes = Object.keys(labels).sort((a, b) => Number(a) - Number(b)).map((label) => labels[label]!);
  const nullLabel = count > classes.length ? classes.length : undefined;
  return { conditioner: classLabels({ name, classes, nullLabel }), classes, guidable: nullLabel !== undefined };
}

async function openAutoencoder(folder: Folder, runtime: Runtime, options: ReadOptions) {
  const [config, ...weights] = await Promise.all([
    readJson(folder, "vae/config.json", schemas().vae, options),
    folder.read("vae_encoder/model.onnx", options),
    folder.read("vae_decoder/model.onnx", options),
  ]);
  const [encoder, decoder] = [await runtime.open(weights[0]), await runtime.open(weights[1])];
  const { scaling_factor: scale, shift_factor: shift, latent_rgb_factors: rgb } = config;
  return {
    coder: autoencoder({ encoder, decoder, scale, shift: shift ?? undefined, rgb }),
    factor: 2 ** (config.block_out_channels.length - 1),
    channels: config.in_channels,
  };
}

async function fingerprintOf(bytes: Uint8Array): Promise<string> {
  // Pages that came over plain HTTP from elsewhere have no crypto.subtle.
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest ?? 0), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}
