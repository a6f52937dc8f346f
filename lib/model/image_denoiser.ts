import { z } from "zod";
import type { Runtime } from "../runtime/runtime.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import { readJson } from "./read_json.ts";

/** A network that takes the noise out of pictures in one call, loaded and ready. */
export type ImageDenoiser = {
  /** What the model calls itself. */
  readonly name: string;
  /** The channels of its pictures. */
  readonly channels: number;
  /** How many pixels away a pixel is that still has a say: what lies further does not change the answer. */
  readonly radius: number;
  /** Sixteen hex digits that tell one set of weights from another; empty where the platform cannot hash. */
  readonly fingerprint: string;
  /** The device that it runs on. */
  readonly device: string;
  /** Pictures `[count, channels, height, width]` from −1 to 1 of any size, without their noise. */
  readonly denoise: (noisy: Tensor) => Promise<Tensor>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

const schema = () =>
  z.looseObject({
    _name: z.optional(z.string()),
    channels: z.int().positive(),
    radius: z.int().nonnegative(),
  });

/**
 * Opens a folder that holds a fully convolutional denoiser: `denoiser.json` (its channels and radius) and `model.onnx`,
 * pictures with noise in, pictures without it out.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 *
 * @example
 * ```ts
 * import { openImageDenoiser, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const model = await openImageDenoiser(diskFolder("models/conv-denoiser"), nodeRuntime());
 * const clean = await model.denoise(tensor([1, 3, 5, 7]));
 * console.assert(clean.shape.join() === "1,3,5,7");
 * await model.release();
 * ```
 */
export async function openImageDenoiser(
  folder: Folder,
  runtime: Runtime,
  options: ReadOptions = {},
): Promise<ImageDenoiser> {
  const [{ _name: name = folder.location, channels, radius }, weights] = await Promise.all([
    readJson(folder, "denoiser.json", schema(), options),
    folder.read("model.onnx", options),
  ]);
  const session = await runtime.open(weights);
  const input = session.inputs[0]?.name ?? "sample";
  return {
    name,
    channels,
    radius,
    fingerprint: await fingerprintOf(weights),
    device: runtime.device,
    async denoise({ data, shape }) {
      const [output] = Object.values(await session.run({ [input]: { type: "float32", data, shape } }));
      return tensor(shape, output?.data as Float32Array);
    },
    release: session.release,
  };
}
