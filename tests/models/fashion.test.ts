import { stat } from "node:fs/promises";
import { createScheduler, type Model, openModel, type Tensor, tensor, torchGenerator } from "@unnoise/lib";
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
    const [raw] = await model.network({ x, at: { time, alpha: 0.6, sigma: 0.8 } }, [[class_labels[i]!]]);
    expect(furthest(raw!, out_sample.slice(i * 784, (i + 1) * 784))).toBeLessThan(golden.tolerance);
  }
});

test("the folder keeps its promises: ten classes, a scheduler that lib reads, at most 4 MB", async () => {
  expect(model.classes).toHaveLength(10);
  expect(createScheduler(model.schedulerConfig).timesteps).toHaveLength(1000);
  const { size } = await stat(new URL("../../models/fashion/unet/model.onnx", import.meta.url));
  expect(size).toBeLessThanOrEqual(4_000_000);
});
