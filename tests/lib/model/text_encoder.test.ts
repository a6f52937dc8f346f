import { describe, expect, it } from "vitest";
import { diskFolder } from "../../../lib/model/disk.ts";
import type { Folder } from "../../../lib/model/folder.ts";
import { textEncoder } from "../../../lib/model/text_encoder.ts";
import type { Runtime, RuntimeTensor } from "../../../lib/runtime/runtime.ts";

const emoji = diskFolder(new URL("../../../models/emoji", import.meta.url));
const folder: Folder = {
  location: "words",
  read: (path, options) => path.endsWith(".onnx") ? Promise.resolve(new Uint8Array()) : emoji.read(path, options),
};
const LENGTH = 32;

/** A text encoder whose states are the numbers of the tokens and their squares, and the counts of prompts it was asked. */
function squares(output = "last_hidden_state") {
  const asked: number[] = [];
  const run = ({ input_ids: ids }: Readonly<Record<string, RuntimeTensor>>) => {
    const [count = 0] = ids!.shape;
    asked.push(count);
    const data = Float32Array.from(Array.from(ids!.data, Number).flatMap((id) => [id, id * id]));
    return Promise.resolve({ [output]: { type: "float32" as const, data, shape: [count, LENGTH, 2] } });
  };
  const inputs = [{ name: "input_ids", type: "int64", shape: ["batch", LENGTH] }];
  const runtime: Runtime = {
    device: "formula",
    open: () => Promise.resolve({ inputs, run, release: () => Promise.resolve() }),
  };
  return { asked, runtime };
}

describe("textEncoder", () => {
  it("tells of each prompt what the encoder says of its tokens", async () => {
    const { asked, runtime } = squares();
    const { read, condition, inputs } = await textEncoder(folder, runtime);
    const prompts = [read("a slice of pizza"), read("")];
    const told = await condition(prompts);
    expect([inputs, asked]).toEqual([["encoder_hidden_states"], [2]]);
    told.forEach(({ encoder_hidden_states: states }, k) => {
      expect(states!.shape).toEqual([1, LENGTH, 2]);
      expect([...states!.data.filter((_, i) => i % 2 === 0)]).toEqual(prompts[k]!.ids);
    });
  });

  it("moves weighted tokens away from those of the empty prompt, and no other", async () => {
    const { asked, runtime } = squares();
    const { read, condition } = await textEncoder(folder, runtime);
    const [plain, weighted] = await condition([read("a red hat"), read("a (red:2) hat")]);
    const [empty] = await condition([read("")]);
    expect(asked).toEqual([3, 1]);
    const expected = plain!.encoder_hidden_states!.data.map((value, i) => {
      return Math.floor(i / 2) === 2 ? 2 * value - empty!.encoder_hidden_states!.data[i]! : value;
    });
    expect(weighted!.encoder_hidden_states!.data).toEqual(expected);
  });

  it("asks nothing of no prompts", async () => {
    const { asked, runtime } = squares();
    const { condition } = await textEncoder(folder, runtime);
    expect([await condition([]), asked]).toEqual([[], []]);
  });

  it("names the output that it misses", async () => {
    const { read, condition } = await textEncoder(folder, squares("something").runtime);
    await expect(condition([read("a")])).rejects.toThrow(/words: expected an output last_hidden_state$/);
  });
});
