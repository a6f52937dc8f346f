import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { augment, type AugmentOptions } from "../../../lib/pipeline/augment.ts";
import { finished } from "../../../lib/pipeline/frame.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { textToImage } from "../../../lib/pipeline/text_to_image.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { fashion } from "../../fixtures/fashion.ts";

const model = await openModel(fashion, nodeRuntime());
afterAll(() => model.release());

const prompts = ["sneaker", "bag"];
const image = await finished(textToImage(model, { prompts, seeds: [4, 5], steps: 8 }));
const usual: AugmentOptions = { image, prompts, count: 3, steps: 5, seed: 10 };

describe("augment", () => {
  it("makes so many variations of each, each with a seed of its own, whatever the batch", async () => {
    const made = await Array.fromAsync(augment(model, { ...usual, batch: 4 }));
    expect(made.map(({ source, variation, seed }) => [source, variation, seed])).toEqual([
      [0, 0, 10],
      [0, 1, 11],
      [0, 2, 12],
      [1, 0, 13],
      [1, 1, 14],
      [1, 2, 15],
    ]);
    const alone = await Array.fromAsync(augment(model, { ...usual, batch: 1 }));
    made.forEach(({ picture }, k) => {
      expect(picture.shape).toEqual([1, 1, 28, 28]);
      picture.data.forEach((value, i) => expect(Math.abs(value - alone[k]!.picture.data[i]!)).toBeLessThan(1e-4));
    });
    expect(made[0]!.picture.data).not.toEqual(made[1]!.picture.data);
  });

  it.each([
    ["count", { count: 0 }, /0/],
    ["batch", { batch: 1.5 }, /1\.5/],
    ["prompts", { prompts: ["bag"] }, /2 pictures with 1 prompts/],
    ["prompt", { prompts: ["bag", "teapot"] }, /teapot/],
    ["image", { image: tensor([2, 1, 8, 8]) }, /\[2,1,8,8\]/],
    ["strength", { strength: 2 }, /2/],
    ["seed", { seed: -5 }, /-5/],
  ])("blames %s for %j at once", (option, options, words) => {
    let error: unknown;
    try {
      augment(model, { ...usual, ...options });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOption);
    expect(error).toMatchObject({ option, message: expect.stringMatching(words) });
  });
});
