import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diskFolder } from "../../../lib/model/disk.ts";
import type { Folder } from "../../../lib/model/folder.ts";
import { bestLabels, type Judge, openJudge } from "../../../lib/model/judge.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import type { Runtime, RuntimeTensor } from "../../../lib/runtime/runtime.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import golden from "../../../models/judges/fashion/golden.json" with { type: "json" };

const folder = diskFolder(new URL("../../../models/judges/fashion", import.meta.url));

/** The Fashion judge's folder with other labels. */
function labelled(labels: unknown): Folder {
  return {
    location: "elsewhere",
    read: (path, options) => {
      if (path !== "labels.json") return folder.read(path, options);
      return Promise.resolve(new TextEncoder().encode(JSON.stringify(labels)));
    },
  };
}

/** A runtime whose networks have these inputs and outputs. */
function runtimeWith(
  inputs: Readonly<Record<string, readonly (string | number)[]>>,
  outputs: (count: number) => Readonly<Record<string, RuntimeTensor>> = () => ({}),
): Runtime {
  const metadata = Object.entries(inputs).map(([name, shape]) => ({ name, type: "float32", shape }));
  const run = ({ sample }: Readonly<Record<string, RuntimeTensor>>) => Promise.resolve(outputs(sample!.shape[0]!));
  return {
    device: "formula",
    open: () => Promise.resolve({ inputs: metadata, run, release: () => Promise.resolve() }),
  };
}

const pixels = { sample: ["batch", 1, 2, 2] };
const zeros = (...shape: number[]): RuntimeTensor => ({ type: "float32", ...tensor(shape) });

describe("the Fashion judge", () => {
  let judge: Judge;
  beforeAll(async () => {
    judge = await openJudge(folder, nodeRuntime());
  });
  afterAll(() => judge.release());

  it("knows the size of its pictures and the names of what it tells apart", () => {
    expect(judge.shape).toEqual([1, 28, 28]);
    expect(judge.labels).toEqual({ logits: golden.classes });
  });

  it("says what PyTorch says, however many pictures go at once", async () => {
    const pictures = torchGenerator(golden.seed).randn([2, 1, 28, 28]);
    const progress: number[][] = [];
    for (const batch of [1, 2, 64]) {
      const onProgress = (...told: number[]) => progress.push(told);
      const { scores, features } = await judge.judge(pictures, { batch, onProgress });
      expect([scores.logits!.shape, features.shape]).toEqual([[2, 10], [2, 128]]);
      for (const [found, wanted] of [[scores.logits!, golden.logits], [features, golden.features]] as const) {
        wanted.flat().forEach((value, i) => {
          expect(Math.abs(found.data[i]! - value)).toBeLessThan(golden.tolerance);
        });
      }
    }
    expect(progress).toEqual([[1, 2], [2, 2], [2, 2], [2, 2]]);
  });

  it("refuses pictures of another size, none, and batches of nothing", async () => {
    await expect(judge.judge(tensor([2, 3, 64, 64]))).rejects.toThrow(
      "Cannot judge pictures of shape [2,3,64,64]: expected [1 or more, 1, 28, 28]",
    );
    await expect(judge.judge(tensor([0, 1, 28, 28]))).rejects.toThrow("Cannot judge pictures of shape [0,1,28,28]");
    await expect(judge.judge(tensor([1, 1, 28, 28]), { batch: 0 })).rejects.toThrow("Cannot judge 0 pictures at once");
  });

  it("stops between batches", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const asked: number[] = [];
    const onProgress = (done: number) => {
      asked.push(done);
      controller.abort(reason);
    };
    const run = judge.judge(tensor([6, 1, 28, 28]), { batch: 2, onProgress, signal: controller.signal });
    await expect(run).rejects.toBe(reason);
    expect(asked).toEqual([2]);
  });
});

describe("openJudge", () => {
  it("reads several kinds of labels", async () => {
    const labels = { style: ["flat", "pixel"], object: ["pizza", "cat", "dog"], unicode: ["1f355", "1f431", "1f436"] };
    const outputs = (count: number) => ({ style: zeros(count, 2), object: zeros(count, 3), features: zeros(count, 7) });
    const judge = await openJudge(labelled(labels), runtimeWith(pixels, outputs));
    expect(Object.keys(judge.labels)).toEqual(["style", "object"]);
    const { scores, features } = await judge.judge(tensor([5, 1, 2, 2]), { batch: 2 });
    expect(Object.entries(scores).map(([name, { shape }]) => [name, shape])).toEqual([["style", [5, 2]], ["object", [
      5,
      3,
    ]]]);
    expect(features.shape).toEqual([5, 7]);
  });

  it("refuses folders without names, or with wrong ones", async () => {
    await expect(openJudge(diskFolder("nowhere"), nodeRuntime())).rejects.toThrow(/^Cannot read nowhere.*no such file/);
    await expect(openJudge(labelled({ logits: [] }), nodeRuntime())).rejects.toThrow(
      "Cannot read elsewhere labels.json",
    );
    await expect(openJudge(labelled({ logits: ["shirt"] }), nodeRuntime())).rejects.toThrow(
      "Cannot use the judge in elsewhere: labels.json has 1 names for logits, expected 10",
    );
    await expect(openJudge(labelled({ style: ["flat"] }), nodeRuntime())).rejects.toThrow(
      "found outputs logits [1,10], features [1,128], expected features and any of style, each [batch, values]",
    );
    const outputs = (count: number) => ({ style: zeros(count, 1) });
    await expect(openJudge(labelled({ style: ["flat"] }), runtimeWith(pixels, outputs))).rejects.toThrow(
      "found outputs style [1,1], expected features and any of style",
    );
  });

  it.each([
    [{ timestep: [] }],
    [{ sample: ["batch", 1, "height", "width"] }],
    [{ sample: ["batch", 1, 2, 2], timestep: [] }],
    [{}],
  ])("refuses networks that take %j", async (inputs) => {
    await expect(openJudge(labelled({ logits: ["a"] }), runtimeWith(inputs))).rejects.toThrow(
      /^Cannot use the judge in elsewhere: found inputs .*expected one, sample \[batch, channels, height, width\]$/,
    );
  });
});

describe("bestLabels", () => {
  const scores = tensor([2, 3], new Float32Array([0.5, -1, 2, 3, 3, 4]));

  it("are the places of the highest scores, the best first and the first of equals", () => {
    expect(bestLabels(scores)).toEqual([[2], [2]]);
    expect(bestLabels(scores, 5)).toEqual([[2, 0, 1], [2, 0, 1]]);
  });
});
