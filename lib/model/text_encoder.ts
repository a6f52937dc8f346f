import type { Runtime } from "../runtime/runtime.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import { tensor } from "../tensor/tensor.ts";
import { weighted } from "../text/weights.ts";
import { feed } from "./feed.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import type { Conditioner } from "./prompt.ts";
import { openTokenizer } from "./tokenizer.ts";

/**
 * Opens the part of a folder that understands words: `tokenizer/` and `text_encoder/model.onnx`. Each prompt becomes the
 * encoder's last hidden state, `[1, tokens, width]`, the parts of it that are weighted made stronger or weaker.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 */
export async function textEncoder(folder: Folder, runtime: Runtime, options: ReadOptions = {}): Promise<Conditioner> {
  const [tokenizer, weights] = await Promise.all([
    openTokenizer(folder, options),
    folder.read("text_encoder/model.onnx", options),
  ]);
  const session = await runtime.open(weights);
  return {
    inputs: ["encoder_hidden_states"],
    read: tokenizer.encode,
    async condition(prompts) {
      if (prompts.length === 0) return [];
      // What a weight counts from is the empty prompt, which is read along where there is one.
      const plain = prompts.every(({ weights }) => weights.every((weight) => weight === 1));
      const read = plain ? prompts : [...prompts, tokenizer.encode("")];
      const ids = concatenate(read.map(({ ids }) => tensor([1, ids.length], Float32Array.from(ids))));
      const feeds = Object.fromEntries(session.inputs.map((input) => [input.name, feed(input, ids)]));
      const { last_hidden_state: output } = await session.run(feeds);
      if (output === undefined) {
        throw new TypeError(`Cannot use the text encoder of ${folder.location}: expected an output last_hidden_state`);
      }
      const states = unstack(tensor(output.shape, output.data as Float32Array));
      const empty = states.at(-1)!;
      return prompts.map(({ weights }, k) => {
        const state = states[k]!;
        return { encoder_hidden_states: plain ? state : weighted(state, { weights, empty }) };
      });
    },
    release: session.release,
  };
}
