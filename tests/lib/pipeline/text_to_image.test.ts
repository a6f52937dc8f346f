import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { textToImage, type TextToImageOptions } from "../../../lib/pipeline/text_to_image.ts";
import type { Frame } from "../../../lib/pipeline/frame.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { schedulersFor } from "../../../lib/pipeline/schedulers_for.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { methodFor } from "../../../lib/scheduler/method.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { fashion, type FashionGolden, fashionJson, fashionWith } from "../../fixtures/fashion.ts";

const model = await openModel(fashion, nodeRuntime());
afterAll(() => model.release());

const rows = schedulersFor(model.schedulerConfig);

const boot: TextToImageOptions = { prompts: ["ankle boot"], seeds: [1], steps: 4 };

async function frames(options: Partial<TextToImageOptions> = {}): Promise<Frame[]> {
  const list = [];
  for await (const frame of textToImage(model, { ...boot, ...options })) list.push(frame);
  return list;
}

async function picture(options: Partial<TextToImageOptions> = {}): Promise<Float32Array> {
  return (await frames(options)).at(-1)!.image.data;
}

const black = tensor([1, 1, 28, 28], new Float32Array(784).fill(-1));

/** The error of a bad request, which comes before anything is drawn. */
function refused(options: object, refusing = model): unknown {
  try {
    textToImage(refusing, { ...boot, ...options });
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("textToImage", () => {
  it("draws what diffusers draws", async () => {
    const { run, tolerance } = await fashionJson<FashionGolden>("golden.json");
    const found = await picture({
      prompts: [run.prompt],
      seeds: [run.seed],
      steps: run.steps,
      guidanceScale: run.guidance_scale,
      scheduler: run.scheduler,
    });
    run.sample.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(tolerance));
  });

  it("starts from torch's noise of the seed", async () => {
    const [first] = await frames({ seeds: [42] });
    expect(first!.x.data).toEqual(torchGenerator(42).randn([1, 1, 28, 28]).data);
  });

  it("takes 20 steps and guidance 2 by default", async () => {
    const list = [];
    for await (const frame of textToImage(model, { prompts: ["bag"], seeds: [3] })) list.push(frame);
    expect(list.length).toBe(21);
    expect(list.at(-1)!.image.data).toEqual(
      await picture({ prompts: ["bag"], seeds: [3], steps: 20, guidanceScale: 2 }),
    );
  });

  it.each(rows)("yields a frame a step and ends at a picture, with $name", async (row) => {
    const list = await frames({ scheduler: row.name, steps: 20 });
    const steps = methodFor(row, model.schedulerConfig).grid(20);
    expect(list.map(({ index, count }) => [index, count])).toEqual([...steps, []].map((_, i) => [i, steps.length]));
    expect(list.slice(0, -1).map(({ level }) => level)).toEqual(steps.map(([from]) => from));
    const { x, image, level } = list.at(-1)!;
    expect(level.sigma).toBeLessThan(0.01);
    expect(image.data).toEqual(x.data);
    // The model's config clips nothing, so a pixel may lie a little outside; noise would lie far outside.
    expect(Math.max(...image.data.map(Math.abs))).toBeLessThan(2);
  });

  it.each(rows)("draws the same picture of a seed whatever is beside it, with $name", async ({ name }) => {
    const alone = await picture({ scheduler: name });
    const among = await picture({ scheduler: name, prompts: ["bag", "ankle boot", "dress"], seeds: [5, 1, 6] });
    const found = among.subarray(784, 2 * 784);
    found.forEach((value, i) => expect(Math.abs(value - alone[i]!)).toBeLessThan(1e-4));
  });

  it("draws the same again, and something else from another seed, class, scale or scheduler", async () => {
    const usual = await picture();
    expect(await picture()).toEqual(usual);
    const others = [{ seeds: [2] }, { prompts: ["bag"] }, { guidanceScale: 0 }, { guidanceScale: 1 }, {
      guidanceScale: 4,
    }, {
      scheduler: "ddpm",
    }, { eta: 1 }];
    for (const other of others) expect(await picture(other)).not.toEqual(usual);
  });

  it("takes DDIM with η = 1 for DDPM, but for what clipping does to the noise", async () => {
    const [ddim, ddpm] = [await picture({ eta: 1 }), await picture({ scheduler: "ddpm" })];
    const difference = ddim.reduce((sum, value, i) => sum + Math.abs(value - ddpm[i]!), 0) / 784;
    expect(difference).toBeLessThan(0.2);
  });

  it("ignores the class at guidance 0, and draws no class in particular for an empty prompt", async () => {
    const none = await picture({ prompts: [""], guidanceScale: 1 });
    const ignored = await picture({ prompts: ["dress"], guidanceScale: 0 });
    none.forEach((value, i) => expect(Math.abs(value - ignored[i]!)).toBeLessThan(1e-4));
  });

  it("reads a class in any case, with space around it", async () => {
    expect(await picture({ prompts: ["  Ankle BOOT "] })).toEqual(await picture());
  });

  it("stops between two network calls, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = textToImage(model, { ...boot, signal: controller.signal });
    await run.next();
    controller.abort(reason);
    await expect(run.next()).rejects.toBe(reason);
  });

  it.each([
    ["prompt", { prompts: ["teapot"] }, /"teapot".*ankle boot/],
    ["prompt", { prompts: ["__proto__"] }, /expected one of/],
    ["steps", { steps: 0 }, /0/],
    ["steps", { steps: 2.5 }, /2\.5/],
    ["steps", { steps: 1e9 }, /1000000000.*1000/],
    ["steps", { steps: NaN }, /NaN/],
    ["guidanceScale", { guidanceScale: -1 }, /-1/],
    ["guidanceScale", { guidanceScale: NaN }, /NaN/],
    ["guidanceScale", { guidanceScale: Infinity }, /Infinity/],
    ["seed", { seeds: [-1] }, /-1/],
    ["seed", { seeds: [0.5] }, /0\.5/],
    ["seed", { seeds: [2 ** 53] }, /9007199254740992/],
    ["scheduler", { scheduler: "magic" }, /"magic".*ddim/],
    ["eta", { eta: 2 }, /2/],
    ["eta", { scheduler: "ddpm", eta: 0.5 }, /DDPM/],
    ["from", { from: { index: 4, image: black } }, /step 4.*0 to 3/],
    ["from", { from: { index: -1, image: black } }, /step -1/],
    ["from", { from: { index: 0.5, image: black } }, /step 0\.5/],
    ["from", { from: { index: 1, image: tensor([1, 1, 8, 8]) } }, /\[1,1,8,8\].*\[1,1,28,28\]/],
  ])("blames %s for %j", (option, options, words) => {
    const error = refused(options);
    expect(error).toBeInstanceOf(InvalidOption);
    expect((error as InvalidOption).option).toBe(option);
    expect((error as InvalidOption).message).toMatch(words);
    expect((error as InvalidOption).message).not.toContain("\n");
  });

  it.each(rows)("starts in the middle, from an image with the noise of its seed, with $name", async ({ name }) => {
    const whole = await frames({ scheduler: name });
    const index = whole.length >> 1;
    const { image, level } = whole[index]!;
    const branch = await frames({ scheduler: name, seeds: [9], from: { index, image } });
    expect(branch.map(({ index, count }) => [index, count])).toEqual(
      whole.slice(index).map(({ index, count }) => [index, count]),
    );
    expect(branch[0]!.level).toEqual(level);
    expect(branch[0]!.x).toEqual(addNoise(image, torchGenerator(9).randn([1, 1, 28, 28]), level));
    expect(branch.at(-1)!.image.data).not.toEqual(whole.at(-1)!.image.data);
  });

  it.each([[[], []], [["bag"], [1, 2]], [["bag", "dress"], [1]]])(
    "refuses prompts %j with seeds %j",
    (prompts, seeds) => {
      expect(refused({ prompts, seeds })).toBeInstanceOf(InvalidOption);
    },
  );

  it("cannot guide a model without a null class, but runs it unguided", async () => {
    const unet = { ...await fashionJson<object>("unet/config.json"), num_class_embeds: 10 };
    const plain = await openModel(fashionWith({ "unet/config.json": unet }), nodeRuntime());
    expect(refused({ guidanceScale: 2 }, plain)).toMatchObject({ option: "guidanceScale" });
    expect(refused({ prompts: [""] }, plain)).toMatchObject({ option: "prompt" });
    expect((await textToImage(plain, boot).next()).done).toBe(false);
    await plain.release();
  });
});
