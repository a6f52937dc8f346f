import { readFile, stat } from "node:fs/promises";
import {
  contactSheet,
  createScheduler,
  decodePng,
  type Model,
  openModel,
  type Tensor,
  tensor,
  textToImage,
  toPictures,
  torchGenerator,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import golden from "../../models/fashion/golden.json" with { type: "json" };

const folder = diskFolder(new URL("../../models/fashion", import.meta.url));
let model: Model;

beforeAll(async () => {
  model = await openModel(folder, nodeRuntime());
});

afterAll(() => model.release());

function furthest(found: Tensor, expected: readonly number[]): number {
  expect(found.data).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - found.data[i]!)));
}

test("one call says what PyTorch says", async () => {
  const { seed, timestep, class_labels, out_sample } = golden.call;
  const batch = torchGenerator(seed).randn([2, 1, 28, 28]);
  for (const [i, time] of timestep.entries()) {
    const x = tensor([1, 1, 28, 28], batch.data.slice(i * 784, (i + 1) * 784));
    const [raw] = await model.network({ x, at: { time, alpha: 0.6, sigma: 0.8 } }, [[{
      class_labels: tensor([1], new Float32Array([class_labels[i]!])),
    }]]);
    expect(furthest(raw!, out_sample.slice(i * 784, (i + 1) * 784))).toBeLessThan(golden.tolerance);
  }
});

test("the picture in the README is what the command in the README draws", async () => {
  const kept = decodePng(await readFile(new URL("../../models/fashion/classes.png", import.meta.url)));
  const pictures = [];
  for (const [k, name] of model.classes.entries()) {
    for await (const { index, count, image } of textToImage(model, { prompts: [name], seeds: [3 + k] })) {
      if (index === count) pictures.push(...toPictures(image));
    }
  }
  const { data } = contactSheet(pictures, { columns: 5, scale: 4 });
  expect(kept.data).toHaveLength(data.length);
  // Another processor may round the last bit of a sum in another way.
  expect(Math.max(...data.map((value, i) => Math.abs(value - kept.data[i]!)))).toBeLessThanOrEqual(2);
});

test("the folder keeps its promises: ten classes, a scheduler that lib reads, at most 4 MB", async () => {
  expect(model.classes).toHaveLength(10);
  expect(createScheduler(model.schedulerConfig, { warn: expect.unreachable }).config).toEqual(model.schedulerConfig);
  const { size } = await stat(new URL("../../models/fashion/unet/model.onnx", import.meta.url));
  expect(size).toBeLessThanOrEqual(4_000_000);
});
