import { readFile } from "node:fs/promises";
import {
  fromPictures,
  openModel,
  type Session,
  type Tensor,
  textToImage,
  toPictures,
  torchGenerator,
} from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import golden from "../../models/judges/fashion/golden.json" with { type: "json" };

const EACH = 10;
let judge: Session;

beforeAll(async () => {
  judge = await nodeRuntime().open(await readFile(new URL("../../models/judges/fashion/model.onnx", import.meta.url)));
});

afterAll(() => judge.release());

async function judged(sample: Tensor) {
  const { logits, features } = await judge.run({ sample: { type: "float32", ...sample } });
  return { logits: rows(logits!.data as Float32Array, 10), features: rows(features!.data as Float32Array, 128) };
}

function rows(data: Float32Array, length: number): number[][] {
  return Array.from({ length: data.length / length }, (_, i) => [...data.subarray(i * length, (i + 1) * length)]);
}

test("the judge says what PyTorch says", async () => {
  const { logits, features } = await judged(torchGenerator(golden.seed).randn([2, 1, 28, 28]));
  for (const [found, expected] of [[logits, golden.logits], [features, golden.features]] as const) {
    expected.flat().forEach((value, i) => expect(Math.abs(found.flat()[i]! - value)).toBeLessThan(golden.tolerance));
  }
});

test("the judge sees the class that was asked for in at least 90 % of the pictures", async () => {
  const model = await openModel(diskFolder(new URL("../../models/fashion", import.meta.url)), nodeRuntime());
  let right = 0;
  for (const [label, name] of model.classes.entries()) {
    const seeds = Array.from({ length: EACH }, (_, i) => 100 * label + i);
    for await (
      const { index, count, image } of textToImage(model, { prompts: seeds.map(() => name), seeds, guidanceScale: 2 })
    ) {
      if (index < count) continue;
      const { logits } = await judged(fromPictures(toPictures(image)));
      right += logits.filter((row) => row.indexOf(Math.max(...row)) === label).length;
    }
  }
  await model.release();
  expect(right / (model.classes.length * EACH)).toBeGreaterThanOrEqual(0.9);
}, 120_000);
