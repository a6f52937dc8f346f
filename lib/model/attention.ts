import { resample } from "../image/resample.ts";
import type { Question } from "../prediction/prediction.ts";
import type { Runtime, RuntimeTensor } from "../runtime/runtime.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { feeds } from "./feed.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import type { Condition } from "./prompt.ts";

/** A network that shows where it looks at which word. */
export type Attention = {
  /**
   * How much each place of the sample looks at each token, `[count, tokens, height, width]`: the mean over all heads and
   * layers, in the sample's size (after Tang et al. 2022, DAAM, arXiv:2210.04885). The tokens of a place add up to 1.
   */
  readonly look: (question: Question, conditions: readonly Condition[]) => Promise<Tensor>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

const PREFIX = "attention.";

/**
 * Opens the U-Net of a model folder with its attention maps as further outputs.
 *
 * `unet_attention/outputs.onnx` names them and holds no weights: protobuf merges messages that follow one another, so its
 * bytes after those of `unet/model.onnx` make a network with both files' outputs.
 *
 * @throws {TypeError} when a file is missing, or the network puts out no attention maps
 *
 * @example
 * ```ts
 * import { openAttention, openModel, torchGenerator } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const folder = diskFolder("models/emoji");
 * const [model, attention] = [await openModel(folder, nodeRuntime()), await openAttention(folder, nodeRuntime())];
 * const conditions = await model.condition([model.read("a red apple, flat style")]);
 * const noise = { x: torchGenerator(1).randn([1, ...model.shape]), at: { time: 999, alpha: 0, sigma: 1 } };
 * const maps = await attention.look(noise, conditions);
 * console.assert(maps.shape.join() === "1,32,16,16"); // channel 2 is the word "red"
 * await Promise.all([model.release(), attention.release()]);
 * ```
 */
export async function openAttention(folder: Folder, runtime: Runtime, options: ReadOptions = {}): Promise<Attention> {
  const [weights, outputs] = await Promise.all([
    folder.read("unet/model.onnx", options),
    folder.read("unet_attention/outputs.onnx", options),
  ]);
  const both = new Uint8Array(weights.length + outputs.length);
  both.set(weights);
  both.set(outputs, weights.length);
  const session = await runtime.open(both);
  return {
    async look(question, conditions) {
      const found = await session.run(feeds(session.inputs, question, conditions));
      const maps = Object.entries(found).filter(([name]) => name.startsWith(PREFIX)).map(([, map]) => map);
      if (maps.length === 0) {
        throw new TypeError(
          `Cannot look at words with ${folder.location}: found outputs ${Object.keys(found).join(", ")}, ` +
            `expected some that begin with "${PREFIX}"`,
        );
      }
      return mean(maps.map((map) => places(map, question.x)));
    },
    release: session.release,
  };
}

/** One layer's map `[count, heads, places, tokens]` as pictures of the sample's size, `[count, tokens, height, width]`. */
function places({ shape, data }: RuntimeTensor, { shape: [, , height, width] }: Tensor): Tensor {
  const [count, heads, size, tokens] = shape as [number, number, number, number];
  const scale = Math.sqrt(height! * width! / size);
  const small = tensor([count, tokens, Math.round(height! / scale), Math.round(width! / scale)]);
  (data as Float32Array).forEach((value, i) => {
    const [token, place] = [i % tokens, Math.floor(i / tokens) % size];
    const picture = Math.floor(i / (tokens * size * heads));
    small.data[(picture * tokens + token) * size + place]! += value / heads;
  });
  return resample(small, { height: height!, width: width!, filter: "bilinear" });
}

function mean(tensors: readonly Tensor[]): Tensor {
  const sum = tensor(tensors[0]!.shape);
  for (const { data } of tensors) data.forEach((value, i) => sum.data[i]! += value / tensors.length);
  return sum;
}
