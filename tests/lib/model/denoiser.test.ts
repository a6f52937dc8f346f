import { describe, expect, it } from "vitest";
import { denoiser } from "../../../lib/model/denoiser.ts";
import type { InputMetadata, RuntimeTensor, Session } from "../../../lib/runtime/runtime.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const sample: InputMetadata = { name: "sample", type: "float32", shape: ["batch", 1, 1, 2] };
const timestep = (type: string, shape: InputMetadata["shape"]): InputMetadata => ({ name: "timestep", type, shape });
const labels = (type: string): InputMetadata => ({ name: "class_labels", type, shape: ["batch"] });

/** A session that remembers what it was fed and answers with the sample. */
function recorder(...inputs: readonly InputMetadata[]) {
  const fed: Readonly<Record<string, RuntimeTensor>>[] = [];
  const session: Session = {
    inputs,
    run(feeds) {
      fed.push(feeds);
      return Promise.resolve({ out_sample: feeds["sample"]! });
    },
    release: () => Promise.resolve(),
  };
  return { session, fed };
}

const told = ["class_labels"];
const label = (value: number) => ({ class_labels: tensor([1], new Float32Array([value])) });
const x = tensor([2, 1, 1, 2], new Float32Array([1, 2, 3, 4]));
const at = { time: 499.5, alpha: 0.6, sigma: 0.8 };

describe("denoiser", () => {
  it("asks for all conditions in one call, and takes the answers apart", async () => {
    const { session, fed } = recorder(sample, timestep("float32", ["batch"]), labels("int64"));
    const answers = await denoiser(session, told)({ x, at }, [[5, 6].map(label), [10, 10].map(label)]);
    expect(fed.length).toBe(1);
    expect(fed[0]!["sample"]).toEqual({
      type: "float32",
      data: new Float32Array([1, 2, 3, 4, 1, 2, 3, 4]),
      shape: [4, 1, 1, 2],
    });
    expect(fed[0]!["class_labels"]).toEqual({ type: "int64", data: BigInt64Array.of(5n, 6n, 10n, 10n), shape: [4] });
    expect(answers.length).toBe(2);
    for (const answer of answers) expect(answer).toEqual(x);
  });

  it.each([
    ["float32", ["batch"], { type: "float32", data: new Float32Array([499.5, 499.5]), shape: [2] }],
    ["float32", [], { type: "float32", data: new Float32Array([499.5]), shape: [] }],
    ["int64", [], { type: "int64", data: BigInt64Array.of(500n), shape: [] }],
    ["int64", ["batch"], { type: "int64", data: BigInt64Array.of(500n, 500n), shape: [2] }],
    ["int32", ["batch"], { type: "int32", data: Int32Array.of(500, 500), shape: [2] }],
  ])("fills a timestep of type %s and shape %j", async (type, shape, expected) => {
    const { session, fed } = recorder(sample, timestep(type, shape), labels("int64"));
    await denoiser(session, told)({ x, at }, [[1, 2].map(label)]);
    expect(fed[0]!["timestep"]).toEqual(expected);
  });

  it("shows the network the sample as it is: scaling is the scheduler's", async () => {
    const { session, fed } = recorder(sample);
    await denoiser(session, told)({ x, at: { time: 3, alpha: 1, sigma: Math.sqrt(3) } }, [[0, 0].map(label)]);
    expect([...fed[0]!["sample"]!.data]).toEqual([1, 2, 3, 4]);
  });

  it("refuses a network with an input that it does not know, and names it", () => {
    const { session } = recorder(sample, { name: "encoder_hidden_states", type: "float32", shape: [1] });
    expect(() => denoiser(session, told)).toThrow(TypeError);
    expect(() => denoiser(session, told)).toThrow(/encoder_hidden_states.*sample, timestep, class_labels/);
  });

  it("fills an input of words with the embeddings of each picture", async () => {
    const words: InputMetadata = { name: "encoder_hidden_states", type: "float32", shape: ["batch", 2, 1] };
    const { session, fed } = recorder(sample, words);
    const said = (...values: number[]) => ({ encoder_hidden_states: tensor([1, 2, 1], new Float32Array(values)) });
    await denoiser(session, ["encoder_hidden_states"])({ x, at }, [[said(0, 0), said(0, 0)], [said(1, 2), said(3, 4)]]);
    expect(fed[0]!["encoder_hidden_states"]).toEqual({
      type: "float32",
      data: new Float32Array([0, 0, 0, 0, 1, 2, 3, 4]),
      shape: [4, 2, 1],
    });
  });

  it("refuses an input that is named like a property of every object", () => {
    const { session } = recorder(sample, { name: "toString", type: "float32", shape: [] });
    expect(() => denoiser(session, told)).toThrow(TypeError);
  });

  it("refuses an element type that it cannot fill, and names it", async () => {
    const { session } = recorder(sample, timestep("float16", ["batch"]));
    await expect(denoiser(session, told)({ x, at }, [[0, 0].map(label)])).rejects.toThrow(/timestep.*float16/);
  });
});
