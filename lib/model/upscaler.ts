import { z } from "zod";
import { resample } from "../image/resample.ts";
import type { Network } from "../prediction/prediction.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { unstack } from "../tensor/batch.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { denoiser } from "./denoiser.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import { readJson } from "./read_json.ts";

/**
 * A diffusion model that enlarges pictures, loaded and ready. Its samples are what bicubic enlargement leaves out, so that
 * a picture is the bicubic one and the sample on top.
 */
export type Upscaler = {
  /** What the model calls itself. */
  readonly name: string;
  /** How many times as wide and as high its pictures become. */
  readonly factor: number;
  /** The least width and height of a small picture, and the whole number that both must be multiples of. */
  readonly grain: { readonly least: number; readonly multipleOf: number };
  /** The scheduler that the model was made for, as `scheduler_config.json` has it. */
  readonly schedulerConfig: { readonly _class_name: string; readonly [option: string]: unknown };
  /** Sixteen hex digits that tell one set of weights from another; empty where the platform cannot hash. */
  readonly fingerprint: string;
  /** The device that it runs on. */
  readonly device: string;
  /** Asks the network about samples, told the small pictures `[count, 3, height, width]`. */
  readonly network: Network<Tensor>;
  /** Small pictures and samples as large pictures `[count, 3, factor·height, factor·width]`. */
  readonly decode: (samples: Tensor, small: Tensor) => Tensor;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

const schemas = () => ({
  upscaler: z.looseObject({
    _name: z.optional(z.string()),
    factor: z.int().min(2),
    detail_scale: z.number().positive(),
    least: z.int().positive(),
    multiple_of: z.int().positive(),
  }),
  scheduler: z.looseObject({ _class_name: z.string() }),
});

/**
 * Opens a folder of an upscaler: `upscaler.json`, `unet/model.onnx` (inputs `sample`, `timestep` and the small picture,
 * `image`) and `scheduler/`.
 *
 * Source: Saharia et al. 2021, arXiv:2104.07636; on top of the bicubic picture, Li et al. 2021, arXiv:2104.14951.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 *
 * @example
 * ```ts
 * import { openUpscaler, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openUpscaler(diskFolder("models/emoji-upscaler"), nodeRuntime());
 * const bicubic = model.decode(tensor([1, 3, 64, 64]), tensor([1, 3, 16, 16]));
 * console.assert(model.factor === 4 && bicubic.shape.join() === "1,3,64,64");
 * await model.release();
 * ```
 */
export async function openUpscaler(folder: Folder, runtime: Runtime, options: ReadOptions = {}): Promise<Upscaler> {
  const { upscaler, scheduler } = schemas();
  const [{ _name: name = folder.location, factor, ...made }, schedulerConfig, weights] = await Promise.all([
    readJson(folder, "upscaler.json", upscaler, options),
    readJson(folder, "scheduler/scheduler_config.json", scheduler, options),
    folder.read("unet/model.onnx", options),
  ]);
  const session = await runtime.open(weights);
  const network = denoiser(session, ["image"]);
  return {
    name,
    factor,
    grain: { least: made.least, multipleOf: made.multiple_of },
    schedulerConfig,
    fingerprint: await fingerprintOf(weights),
    device: runtime.device,
    network(question, smalls, signal) {
      return network(question, smalls.map((small) => unstack(small).map((image) => ({ image }))), signal);
    },
    decode(samples, small) {
      const [, , height = 0, width = 0] = small.shape;
      return mix([1, resample(small, { height: height * factor, width: width * factor })], [
        made.detail_scale,
        samples,
      ]);
    },
    release: session.release,
  };
}
