import { stat } from "node:fs/promises";
import { openJudge, torchGenerator, unstack } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { afterAll, expect, test } from "vitest";
import golden from "../../models/judges/emoji/golden.json" with { type: "json" };

const folder = new URL("../../models/judges/emoji/", import.meta.url);
const judge = await openJudge(diskFolder(folder), nodeRuntime());
afterAll(() => judge.release());

test("the judge of emoji says what PyTorch says", async () => {
  const { scores, features } = await judge.judge(torchGenerator(golden.seed).randn([2, ...judge.shape]));
  for (
    const [found, expected] of [[scores.style!, golden.style], [scores.object!, golden.object], [
      features,
      golden.features,
    ]] as const
  ) {
    const shown = unstack(found).flatMap(({ data }) => [...data.subarray(0, 128)]);
    expect(shown).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(Math.abs(shown[i]! - value)).toBeLessThan(golden.tolerance));
  }
});

test("it names eleven styles and each object once, in at most 1 MB", async () => {
  expect(judge.labels.style).toHaveLength(11);
  expect(judge.labels.object).toHaveLength(1363);
  expect((await stat(new URL("model.onnx", folder))).size).toBeLessThanOrEqual(1_000_000);
});
