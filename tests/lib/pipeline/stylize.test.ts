import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { finished } from "../../../lib/pipeline/frame.ts";
import { imageToImage } from "../../../lib/pipeline/image_to_image.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { stylize, type StylizeOptions } from "../../../lib/pipeline/stylize.ts";
import { textToImage } from "../../../lib/pipeline/text_to_image.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { fashion } from "../../fixtures/fashion.ts";

const model = await openModel(fashion, nodeRuntime());
afterAll(() => model.release());

const image = await finished(textToImage(model, { prompts: ["coat"], seeds: [4], steps: 10 }));
const usual: StylizeOptions = { image, from: ["coat"], prompts: ["dress"], seeds: [1], steps: 20 };

function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length);
}

describe("stylize", () => {
  it("comes back to the picture when it shall be what it is, far closer than noise would", async () => {
    const options = { ...usual, prompts: ["coat"], guidanceScale: 1, strength: 0.8, rounds: 4 };
    const back = await finished(stylize(model, options));
    const noised = await finished(imageToImage(model, options));
    expect(distance(back.data, image.data)).toBeLessThan(0.1);
    expect(distance(back.data, image.data)).toBeLessThan(0.5 * distance(noised.data, image.data));
  });

  it("draws something else when it shall be something else, and the same again from any seed", async () => {
    const found = await finished(stylize(model, usual));
    expect(distance(found.data, image.data)).toBeGreaterThan(0.1);
    expect(await finished(stylize(model, { ...usual, seeds: [2] }))).toEqual(found);
  });

  it("changes nothing at strength 0", async () => {
    expect(await finished(stylize(model, { ...usual, strength: 0 }))).toEqual(image);
  });

  it("stops on the way back, too", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const run = stylize(model, { ...usual, signal: controller.signal }).next();
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
  });

  it.each([
    ["from", { from: ["teapot"] }, /teapot/],
    ["from", { from: [] }, /1 pictures back with 0 prompts/],
    ["rounds", { rounds: 0 }, /0 times/],
    ["image", { image: tensor([1, 1, 8, 8]) }, /\[1,1,8,8\]/],
    ["strength", { strength: -1 }, /-1/],
  ])("blames %s for %j at once", (option, options, words) => {
    let error: unknown;
    try {
      stylize(model, { ...usual, ...options });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOption);
    expect(error).toMatchObject({ option, message: expect.stringMatching(words) });
  });
});
