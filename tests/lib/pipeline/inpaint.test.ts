import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../../lib/model/model.ts";
import { finished } from "../../../lib/pipeline/frame.ts";
import { inpaint, type InpaintOptions } from "../../../lib/pipeline/inpaint.ts";
import { InvalidOption } from "../../../lib/pipeline/invalid_option.ts";
import { textToImage } from "../../../lib/pipeline/text_to_image.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { fashion } from "../../fixtures/fashion.ts";

const model = await openModel(fashion, nodeRuntime());
afterAll(() => model.release());

const image = await finished(textToImage(model, { prompts: ["pullover"], seeds: [4], steps: 10 }));
const lower = tensor([1, 1, 28, 28], Float32Array.from({ length: 784 }, (_, i) => i < 392 ? 0 : 1));
const usual: InpaintOptions = { prompts: ["pullover"], seeds: [1], steps: 10, image, mask: lower };

async function painted(options: Partial<InpaintOptions> = {}) {
  return await finished(inpaint(model, { ...usual, ...options }));
}

/** How far a picture jumps from each pixel of row 13 to the one below, beside the mean of such jumps in the original. */
function seam({ data }: { readonly data: Float32Array }): number {
  let sum = 0;
  for (let x = 0; x < 28; x++) sum += Math.abs(data[13 * 28 + x]! - data[14 * 28 + x]!) / 28;
  return sum;
}

describe("inpaint", () => {
  it("keeps what the mask does not touch to the last bit, and makes the rest anew", async () => {
    const { data } = await painted();
    expect(data.subarray(0, 392)).toEqual(image.data.subarray(0, 392));
    expect(data.subarray(392)).not.toEqual(image.data.subarray(392));
  });

  it("fits what is new to what is known, as another picture's half would not", async () => {
    const other = await finished(textToImage(model, { prompts: ["trouser"], seeds: [9], steps: 10 }));
    const pasted = tensor(image.shape, image.data.map((value, i) => i < 392 ? value : other.data[i]!));
    expect(seam(await painted())).toBeLessThan(0.6 * seam(pasted));
  });

  it("is the picture itself where nothing is made anew, and a free run where all is", async () => {
    expect(await painted({ mask: tensor([1, 1, 28, 28]) })).toEqual(image);
    const all = await painted({ mask: tensor([1, 1, 28, 28], new Float32Array(784).fill(1)) });
    const free = await finished(textToImage(model, { prompts: ["pullover"], seeds: [1], steps: 10 }));
    all.data.forEach((value, i) => expect(Math.abs(value - free.data[i]!)).toBeLessThan(1e-4));
  });

  it("blends by a soft mask", async () => {
    const soft = tensor([1, 1, 28, 28], new Float32Array(784).fill(0.5));
    const half = await painted({ mask: soft, strength: 0.1 });
    expect(half.data).not.toEqual(image.data);
    const furthest = Math.max(...half.data.map((value, i) => Math.abs(value - image.data[i]!)));
    const whole = await painted({ mask: soft.data.fill(1) && soft, strength: 0.1 });
    expect(furthest).toBeLessThan(Math.max(...whole.data.map((value, i) => Math.abs(value - image.data[i]!))));
  });

  it("takes each step as often as it is told, and shows each time as a frame", async () => {
    const frames = await Array.fromAsync(inpaint(model, { ...usual, steps: 4, resample: 3 }));
    expect(frames.map(({ index, count }) => [index, count])).toEqual(
      Array.from({ length: 13 }, (_, index) => [index, 12]),
    );
    expect(frames.at(-1)!.picture!.data.subarray(0, 392)).toEqual(image.data.subarray(0, 392));
  });

  it("works with every kind of scheduler", async () => {
    for (const scheduler of ["ddpm", "euler", "dpmpp_2m", "kdpm2", "unipc"]) {
      const { data } = await painted({ scheduler, steps: 6 });
      expect(data.subarray(0, 392)).toEqual(image.data.subarray(0, 392));
      expect(Math.max(...data.map(Math.abs))).toBeLessThan(2);
    }
  });

  it.each([
    ["mask", { mask: tensor([1, 1, 14, 14]) }, /\[1,1,14,14\].*\[1,1,28,28\]/],
    ["mask", { mask: tensor([1, 1, 28, 28], new Float32Array(784).fill(2)) }, /holds 2/],
    ["mask", { mask: tensor([1, 1, 28, 28], new Float32Array(784).fill(NaN)) }, /holds NaN/],
    ["image", { image: tensor([1, 1, 8, 8]) }, /\[1,1,8,8\]/],
    ["resample", { resample: 0 }, /0 times/],
    ["resample", { resample: 1.5 }, /1\.5 times/],
  ])("blames %s for %j at once", (option, options, words) => {
    let error: unknown;
    try {
      inpaint(model, { ...usual, ...options });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidOption);
    expect(error).toMatchObject({ option, message: expect.stringMatching(words) });
  });
});
