import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { finished, type Frame } from "../../../lib/pipeline/frame.ts";
import { imageToImage, type ImageToImageOptions, stepsFor } from "../../../lib/pipeline/image_to_image.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { textToImage } from "../../../lib/pipeline/text_to_image.ts";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { fashion } from "../../fixtures/fashion.ts";

const model = await openModel(fashion, nodeRuntime());
afterAll(() => model.release());

const image = await finished(textToImage(model, { prompts: ["sneaker"], seeds: [4], steps: 8 }));
const usual: ImageToImageOptions = { prompts: ["ankle boot"], seeds: [1], steps: 10, image };

async function frames(options: Partial<ImageToImageOptions> = {}): Promise<Frame[]> {
  return await Array.fromAsync(imageToImage(model, { ...usual, ...options }));
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

describe("imageToImage", () => {
  it("takes the last part of the run, from the image with the noise of its seed", async () => {
    const found = await frames({ strength: 0.6 });
    expect(found.map(({ index, count }) => [index, count])).toEqual([4, 5, 6, 7, 8, 9, 10].map((index) => [index, 10]));
    const [{ x, level }] = found as [Frame];
    expect(x.data).toEqual(addNoise(image, torchGenerator(1).randn([1, 1, 28, 28]), level).data);
  });

  it("changes more with more strength, and nothing at all at 0", async () => {
    const changes = [];
    for (const strength of [0, 0.3, 0.6, 1]) {
      changes.push(distance((await frames({ strength })).at(-1)!.picture!.data, image.data));
    }
    expect(changes[0]).toBe(0);
    for (let k = 1; k < changes.length; k++) expect(changes[k]!).toBeGreaterThan(changes[k - 1]!);
  });

  it("turns one image into several, each the same as alone", async () => {
    const alone = (await frames()).at(-1)!.picture!.data;
    const several = (await frames({ prompts: ["bag", "ankle boot"], seeds: [2, 1] })).at(-1)!.picture!.data;
    several.subarray(784).forEach((value, i) => expect(Math.abs(value - alone[i]!)).toBeLessThan(1e-4));
  });

  it.each([
    ["image", { image: tensor([1, 3, 28, 28]) }, /\[1,3,28,28\].*\[1,1,28,28\]/],
    ["image", { image: tensor([2, 1, 28, 28]) }, /\[2,1,28,28\]/],
    ["strength", { strength: 1.5 }, /1\.5.*0 to 1/],
    ["strength", { strength: NaN }, /NaN/],
    ["strength", { strength: 0.01 }, /0\.01 in 10 steps.*at least 0\.1/],
    ["prompt", { prompts: ["teapot"] }, /teapot/],
  ])("blames %s for %j at once", (option, options, words) => {
    let error: unknown;
    try {
      imageToImage(model, { ...usual, ...options });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOption);
    expect(error).toMatchObject({ option, message: expect.stringMatching(words) });
  });
});

describe("stepsFor", () => {
  // diffusers: int(num_inference_steps * strength)
  it.each([[1, 20, 20], [0.8, 20, 16], [0.5, 5, 2], [0.29, 100, 28], [0, 7, 0]])(
    "takes strength %d of %i steps as %i",
    (strength, count, steps) => expect(stepsFor(strength, count)).toBe(steps),
  );
});
