import { describe, expect, it } from "vitest";
import { guidanceEmbedding } from "../../../lib/model/guidance_embedding.ts";
import { draw, type DrawOptions } from "../../../lib/pipeline/draw.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import type { Condition } from "../../../lib/model/prompt.ts";
import type { Model } from "../../../lib/model/model.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

/** A latent model of words whose every part is a formula: the network says how many letters it was told. */
function model(changes: Partial<Model> = {}) {
  const told: string[][] = [];
  const asked: (readonly (readonly Condition[])[])[] = [];
  const made: Model = {
    name: "letters",
    classes: [],
    guidable: true,
    shape: [2, 2, 2],
    pictureShape: [3, 4, 4],
    schedulerConfig: { _class_name: "DDIMScheduler", prediction_type: "sample", clip_sample: false },
    fingerprint: "",
    device: "formula",
    read(text) {
      const words = text.split(" ");
      const unknown = words.filter((word) => word.startsWith("x"));
      return { text, ids: [], weights: [], unknown, dropped: words.slice(3).join(" ") };
    },
    condition(prompts) {
      told.push(prompts.map(({ text }) => text));
      return Promise.resolve(prompts.map(({ text }) => ({ letters: tensor([1], new Float32Array([text.length])) })));
    },
    encode: (pictures) => Promise.resolve(tensor([pictures.shape[0]!, 2, 2, 2])),
    decode: ({ shape, data }) =>
      Promise.resolve(tensor([shape[0]!, 3, 4, 4], new Float32Array(48 * shape[0]!).fill(data[0]!))),
    preview: (samples) => samples,
    network({ x }, conditions) {
      asked.push(conditions);
      return Promise.resolve(conditions.map((batch) => {
        const data = x.data.map((_, i) => batch[Math.floor(i / 8)]!["letters"]!.data[0]!);
        return tensor(x.shape, data);
      }));
    },
    release: () => Promise.resolve(),
    ...changes,
  };
  return { model: made, told, asked };
}

const usual: DrawOptions = { prompts: ["cat"], seeds: [1], steps: 2, guidanceScale: 1 };

function refused(options: Partial<DrawOptions>, changes: Partial<Model> = {}): unknown {
  try {
    draw(model(changes).model, { ...usual, ...options });
  } catch (error) {
    return error;
  }
  return undefined;
}

async function end(options: Partial<DrawOptions>, using = model()) {
  const frames = await Array.fromAsync(draw(using.model, { ...usual, ...options }));
  return frames.at(-1)!;
}

describe("draw", () => {
  it("decodes the last image alone", async () => {
    const frames = await Array.fromAsync(draw(model().model, usual));
    expect(frames.map(({ picture }) => picture?.shape)).toEqual([undefined, undefined, [1, 3, 4, 4]]);
    expect(frames.map(({ image }) => image.shape)).toEqual([[1, 2, 2, 2], [1, 2, 2, 2], [1, 2, 2, 2]]);
    expect(frames.at(-1)!.picture!.data[0]).toBeCloseTo(3, 5);
  });

  it("is guided away from the negative prompt", async () => {
    expect((await end({ guidanceScale: 2 })).image.data[0]).toBeCloseTo(6, 4);
    expect((await end({ guidanceScale: 2, negativePrompts: ["a dog"] })).image.data[0]).toBeCloseTo(1, 4);
  });

  it("goes from one prompt to another", async () => {
    const prompts = [{ from: "cat", to: "penguin", amount: 0.25 }];
    expect((await end({ prompts })).image.data[0]).toBeCloseTo(4, 4);
  });

  it("encodes each different prompt once", async () => {
    const using = model();
    await end({ prompts: ["cat", "cat", "dog"], seeds: [1, 2, 3], guidanceScale: 2 }, using);
    expect(using.told).toEqual([["cat", "dog", ""]]);
  });

  it("goes from one noise to another", async () => {
    const seeds = (amount: number) => [{ from: 1, to: 2, amount }];
    const start = async (options: Partial<DrawOptions>) => {
      return (await draw(model().model, { ...usual, ...options }).next()).value.x.data as Float32Array;
    };
    expect(await start({ seeds: seeds(0) })).toEqual(await start({ seeds: [1] }));
    expect(await start({ seeds: seeds(1) })).toEqual(await start({ seeds: [2] }));
    expect(await start({ seeds: seeds(0.5) })).not.toEqual(await start({ seeds: [1] }));
  });

  it("says which words it does not know and what did not fit", () => {
    const sentences: string[] = [];
    draw(model().model, {
      ...usual,
      prompts: ["a xylograph of something"],
      warn: (sentence) => sentences.push(sentence),
    });
    expect(sentences).toEqual([
      'The model has never seen "xylograph": it will guess',
      'The prompt is too long: "something" of "a xylograph of something" was left out',
    ]);
  });

  it("tells the guidance scale to a network that takes it, and asks once", async () => {
    const using = model({ guidanceSize: 4 });
    await end({ guidanceScale: 3 }, using);
    expect(using.asked.map((conditions) => conditions.length)).toEqual([1, 1]);
    const { timestep_cond } = using.asked[0]![0]![0]!;
    expect(timestep_cond).toEqual(guidanceEmbedding(3, 4));
    expect(refused({ negativePrompts: ["dog"] }, { guidanceSize: 4 })).toMatchObject({ option: "negativePrompts" });
  });

  it.each([
    ["seeds", { prompts: [], seeds: [] }, /0 prompts with 0 seeds/],
    ["negativePrompts", { negativePrompts: ["a", "b"] }, /1 pictures.*2 negative prompts/],
    ["prompt", { prompts: [{ from: "a", to: "b", amount: 2 }] }, /from "a" to "b" by 2/],
    ["seed", { seeds: [{ from: 1, to: 2, amount: -1 }] }, /from 1 to 2 by -1/],
    ["eta", { eta: 2 }, /2/],
  ])("blames %s for %j at once", (option, options, words) => {
    const error = refused(options);
    expect(error).toBeInstanceOf(InvalidOption);
    expect(error).toMatchObject({ option, message: expect.stringMatching(words) });
  });

  it("finds nothing between two classes", () => {
    const error = refused({ prompts: [{ from: "cat", to: "dog", amount: 0.5 }] }, { classes: ["cat", "dog"] });
    expect(error).toMatchObject({ option: "prompt", message: expect.stringMatching(/"cat" to "dog".*classes/) });
  });

  it("cannot guide a model without an empty prompt", () => {
    expect(refused({ guidanceScale: 2 }, { guidable: false })).toMatchObject({ option: "guidanceScale" });
    expect(refused({}, { guidable: false })).toBeUndefined();
  });

  it("stops before it begins, when it has been told to", async () => {
    const reason = new Error("no");
    await expect(draw(model().model, { ...usual, signal: AbortSignal.abort(reason) }).next()).rejects.toBe(reason);
  });
});
