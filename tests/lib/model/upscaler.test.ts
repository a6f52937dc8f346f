import { afterAll, describe, expect, it } from "vitest";
import { resample } from "../../../lib/image/resample.ts";
import { diskFolder } from "../../../lib/model/disk.ts";
import type { Folder } from "../../../lib/model/folder.ts";
import { openUpscaler } from "../../../lib/model/upscaler.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const folder = diskFolder(new URL("../../../models/emoji-upscaler", import.meta.url));
const model = await openUpscaler(folder, nodeRuntime());
afterAll(() => model.release());

const facts = { factor: 4, detail_scale: 0.2, least: 16, multiple_of: 2 };

function folderWith(changes: Readonly<Record<string, object | string>>): Folder {
  return {
    location: "changed",
    read: (path) => {
      const change = changes[path];
      if (change === undefined) return folder.read(path);
      return Promise.resolve(new TextEncoder().encode(typeof change === "string" ? change : JSON.stringify(change)));
    },
  };
}

const at = { time: 500, alpha: 0.7, sigma: 0.7 };

describe("openUpscaler", () => {
  it("reads what the folder says of the network", () => {
    expect(model).toMatchObject({ name: "emoji-upscaler", factor: 4, grain: { least: 16, multipleOf: 2 } });
    expect(model.schedulerConfig._class_name).toBe("DDIMScheduler");
    expect(model.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it("asks about samples of any size, each with its own small picture", async () => {
    const small = torchGenerator(1).randn([2, 3, 18, 22]);
    const x = torchGenerator(2).randn([2, 3, 72, 88]);
    const [both] = await model.network({ x, at }, [small]);
    expect(both!.shape).toEqual(x.shape);
    const half = (batch: typeof x) => tensor([1, ...batch.shape.slice(1)], batch.data.slice(batch.data.length / 2));
    const [second] = await model.network({ x: half(x), at }, [half(small)]);
    half(both!).data.forEach((value, i) => expect(Math.abs(value - second!.data[i]!)).toBeLessThan(1e-4));
  });

  it("decodes a sample as what comes on top of the bicubic picture", () => {
    const small = torchGenerator(1).randn([1, 3, 4, 6]);
    const bicubic = resample(small, { height: 16, width: 24 });
    expect(model.decode(tensor([1, 3, 16, 24]), small).data).toEqual(bicubic.data);
    const sample = tensor([1, 3, 16, 24], new Float32Array(1152).fill(2));
    model.decode(sample, small).data.forEach((value, i) => expect(value).toBeCloseTo(bicubic.data[i]! + 0.4, 5));
  });

  it.each([
    [{ "upscaler.json": "{" }, /upscaler\.json: found no JSON/],
    [{ "upscaler.json": { ...facts, factor: 1 } }, /factor/],
    [{ "upscaler.json": { ...facts, detail_scale: 0 } }, /detail_scale/],
    [{ "upscaler.json": { ...facts, least: "no" } }, /least/],
    [{ "scheduler/scheduler_config.json": {} }, /_class_name/],
  ])("refuses a folder with %j", async (changes, words) => {
    await expect(openUpscaler(folderWith(changes), nodeRuntime())).rejects.toThrow(words);
  });
});
