import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromPictures, toPictures } from "../../../lib/image/picture.ts";
import { diskFolder } from "../../../lib/model/disk.ts";
import { type Judge, openJudge } from "../../../lib/model/judge.ts";
import { openModel } from "../../../lib/model/model.ts";
import { evaluate, type EvaluateOptions } from "../../../lib/pipeline/evaluate.ts";
import { finished } from "../../../lib/pipeline/frame.ts";
import { textToImage } from "../../../lib/pipeline/text_to_image.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { concatenate, unstack } from "../../../lib/tensor/batch.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";
import { fashion } from "../../fixtures/fashion.ts";
import { noise } from "../../fixtures/metrics/metrics.ts";

const EACH = 4;
let judge: Judge;
let drawn: Tensor;
let others: Tensor;
let asked: string[];

const first = (pictures: Tensor, count: number) => concatenate(unstack(pictures).slice(0, count));

beforeAll(async () => {
  judge = await openJudge(diskFolder(new URL("../../../models/judges/fashion", import.meta.url)), nodeRuntime());
  const model = await openModel(fashion, nodeRuntime());
  asked = judge.labels.logits!.flatMap((label) => Array<string>(EACH).fill(label));
  const draw = async (seed: number) => {
    const seeds = asked.map((_, i) => seed + i);
    return fromPictures(toPictures(await finished(textToImage(model, { prompts: asked, seeds, steps: 6 }))));
  };
  [drawn, others] = [await draw(0), await draw(1000)];
  await model.release();
}, 240_000);

afterAll(() => judge.release());

describe("evaluate, with the Fashion judge and pictures of the Fashion model,", () => {
  it("sees the classes that were asked for, and that both sets come from one model", async () => {
    const names = { logits: asked };
    const options = { generated: drawn, real: others, judge, asked: names, known: names };
    const { counts, judged, frechet, pairs, nearest, notes } = await evaluate(options);
    expect(counts).toEqual({ generated: 40, real: 40, training: undefined });
    expect(judged!.logits!.generated.share).toBeGreaterThanOrEqual(0.9);
    expect(judged!.logits!.real.share).toBeGreaterThanOrEqual(0.9);
    expect(judged!.logits!.generated.classes.map(({ label, count }) => `${label} ${count}`)).toEqual(
      judge.labels.logits!.map((label) => `${label} ${EACH}`),
    );
    expect(frechet!.features).toBe(128);
    expect(frechet!.yardstick!.generated / frechet!.yardstick!.real).toBeLessThan(2);
    expect([pairs, nearest]).toEqual([undefined, undefined]);
    expect(notes).toEqual([expect.stringMatching(/^40 pictures are few for 128 features/)]);
  });

  it("finds noise farther away than pictures are from each other", async () => {
    const noisy = tensor(drawn.shape, noise(drawn.shape, 0).data.map((value) => Math.tanh(value)));
    const { frechet } = await evaluate({ generated: noisy, real: others, judge });
    expect(frechet!.yardstick!.generated).toBeGreaterThan(4 * frechet!.yardstick!.real);
  });

  it("finds out what was copied from the training set, by pixels and by features", async () => {
    const smudge = noise(drawn.shape, 3).data;
    const copies = tensor(
      drawn.shape,
      others.data.map((value, i) => Math.min(1, Math.max(-1, value + 0.02 * smudge[i]!))),
    );
    const training = concatenate([others, tensor(drawn.shape, smudge.map((value) => Math.tanh(value)))]);
    for (const nearestBy of ["pixels", "features"] as const) {
      const { nearest } = await evaluate({ generated: copies, real: drawn, judge, training, nearestBy });
      expect(nearest!.by).toBe(nearestBy);
      expect(nearest!.copying.verdict).toBe("copies");
      expect(nearest!.copying.copies.length).toBeGreaterThan(32);
      const right = nearest!.generated.filter(({ index }, i) => index === i).length;
      expect(right).toBeGreaterThan(36);
    }
    const { nearest, notes } = await evaluate({ generated: drawn, real: drawn, training: others });
    expect(nearest!.copying).toMatchObject({ verdict: "new", nearer: 0.5 });
    expect(notes).toEqual([]);
  });

  it("stops when it is told to, while judging and while searching", async () => {
    for (const wanted of ["judging", "searching"]) {
      const controller = new AbortController();
      const reason = new Error("enough");
      const parts: string[] = [];
      const onProgress = (_done: number, _total: number, part: string) => {
        parts.push(part);
        if (part === wanted) controller.abort(reason);
      };
      const run = evaluate({
        generated: drawn,
        real: others,
        judge,
        training: drawn,
        onProgress,
        signal: controller.signal,
      });
      await expect(run).rejects.toBe(reason);
      expect(parts.filter((part) => part === wanted)).toHaveLength(1);
    }
  });

  it("tells how far it is", async () => {
    const told: string[] = [];
    const onProgress = (done: number, total: number, part: string) => told.push(`${part} ${done}/${total}`);
    await evaluate({
      generated: first(drawn, 3),
      real: first(others, 2),
      judge,
      training: first(drawn, 4),
      onProgress,
    });
    expect(told).toEqual(["judging 3/5", "judging 5/5", ...[1, 2, 3, 4, 5].map((done) => `searching ${done}/5`)]);
  });
});

describe("evaluate", () => {
  it("measures pairs", async () => {
    const pictures = tensor([2, 1, 12, 12]);
    const brighter = tensor([2, 1, 12, 12], pictures.data.map(() => 0.2));
    const { pairs, frechet, judged } = await evaluate({ generated: brighter, real: pictures, pairs: true });
    expect(pairs!.psnr.map((value) => value.toFixed(3))).toEqual(["20.000", "20.000"]);
    expect(pairs!.ssim).toHaveLength(2);
    expect([frechet, judged]).toEqual([undefined, undefined]);
  });

  it("measures pairs of small pictures without SSIM, and says so", async () => {
    const { pairs, notes } = await evaluate({
      generated: tensor([1, 1, 4, 4]),
      real: tensor([1, 1, 4, 4]),
      pairs: true,
    });
    expect(pairs).toEqual({ psnr: [Infinity], ssim: undefined });
    expect(notes).toEqual(["SSIM needs pictures of at least 11×11 pixels."]);
  });

  const fine = tensor([2, 1, 28, 28]);
  it.each<[string, Partial<EvaluateOptions>, string, string]>([
    [
      "different sizes",
      { real: tensor([2, 1, 14, 14]) },
      "real",
      "Cannot compare real pictures of shape [1,14,14] with generated ones of [1,28,28]: expected one shape",
    ],
    [
      "a training set of another size",
      { training: tensor([2, 3, 28, 28]) },
      "training",
      "Cannot compare training pictures of shape [3,28,28]",
    ],
    [
      "one picture only",
      { generated: tensor([1, 1, 28, 28]) },
      "generated",
      "Cannot compare sets of pictures: found 1 generated picture, expected at least 2",
    ],
    ["one real picture only", { real: tensor([1, 1, 28, 28]) }, "real", "found 1 real picture, expected at least 2"],
    ["no pictures", { real: tensor([0, 1, 28, 28]) }, "real", "Cannot evaluate real pictures of shape [0,1,28,28]"],
    [
      "bytes",
      { generated: tensor([2, 1, 28, 28], fine.data.map(() => 255)) },
      "generated",
      "Cannot evaluate generated pictures: found the value 255, expected −1 to 1",
    ],
    ["NaN", { real: tensor([2, 1, 28, 28], fine.data.map(() => NaN)) }, "real", "found NaN or infinity"],
    [
      "pairs that do not come out",
      { real: tensor([3, 1, 28, 28]), pairs: true },
      "pairs",
      "Cannot compare pictures in pairs: found 2 generated and 3 real ones, expected as many of both",
    ],
    [
      "names that the judge does not know",
      { asked: { logits: ["hat", "bag"] } },
      "asked",
      'Cannot judge whether a picture shows "hat"',
    ],
    ["too few names", { known: { logits: ["bag"] } }, "known", "found 1 names, expected 2"],
    [
      "a kind of label that there is not",
      { asked: { style: ["flat", "flat"] } },
      "asked",
      'Cannot judge "style": expected one of logits',
    ],
  ])("refuses %s in a sentence", async (_, change, option, message) => {
    const run = evaluate({ generated: fine, real: fine, judge, ...change });
    await expect(run).rejects.toMatchObject({
      name: "InvalidOption",
      option,
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, Partial<EvaluateOptions>, string]>([
    ["labels", { asked: { logits: ["bag", "bag"] } }, "Cannot judge pictures: found no judge"],
    ["neighbours by features", { training: fine, nearestBy: "features" }, "Cannot judge pictures: found no judge"],
    ["nothing", {}, "Cannot evaluate pictures: found nothing to measure"],
  ])("refuses %s without a judge", async (_, change, message) => {
    const run = evaluate({ generated: fine, real: fine, ...change });
    await expect(run).rejects.toMatchObject({ option: "judge", message: expect.stringContaining(message) });
  });

  it("refuses pictures that the judge does not take", async () => {
    const large = tensor([2, 3, 64, 64]);
    await expect(evaluate({ generated: large, real: large, judge })).rejects.toThrow(
      "Cannot judge pictures of shape [3,64,64]: the judge takes [1,28,28]",
    );
  });
});
