import { afterAll, describe, expect, it } from "vitest";
import { diskFolder } from "../../../lib/model/disk.ts";
import { openImageDenoiser } from "../../../lib/model/image_denoiser.ts";
import { denoiseImage } from "../../../lib/pipeline/denoise_image.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { nodeRuntime } from "../../../lib/runtime/node.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const model = await openImageDenoiser(
  diskFolder(new URL("../../../models/conv-denoiser", import.meta.url)),
  nodeRuntime(),
);
afterAll(() => model.release());

const noisy = torchGenerator(3).randn([2, 3, 45, 70]);

describe("denoiseImage", () => {
  it.each([1, 7, 16, 44, 45, 69])("makes the same picture in parts of %i as at once", async (tile) => {
    const whole = await model.denoise(noisy);
    const found = await denoiseImage(noisy, model, { tile });
    expect(found.shape).toEqual(noisy.shape);
    const furthest = found.data.reduce((most, value, i) => Math.max(most, Math.abs(value - whole.data[i]!)), 0);
    expect(furthest).toBeLessThan(2e-6);
  });

  it("sees no more at a time than a part and its surroundings", async () => {
    const seen: (readonly number[])[] = [];
    const watched = {
      ...model,
      denoise: (part: typeof noisy) => {
        seen.push(part.shape);
        return model.denoise(part);
      },
    };
    await denoiseImage(noisy, watched, { tile: 16 });
    expect(seen.length).toBe(15);
    for (const [, , height, width] of seen) expect(Math.max(height!, width!)).toBeLessThanOrEqual(20);
  });

  it("tells how far it is", async () => {
    const told: string[] = [];
    await denoiseImage(noisy, model, { tile: 40, onProgress: (done, count) => told.push(`${done}/${count}`) });
    expect(told).toEqual(["1/4", "2/4", "3/4", "4/4"]);
  });

  it("stops between two parts, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let parts = 0;
    const onProgress = () => {
      if (++parts === 2) controller.abort(reason);
    };
    await expect(denoiseImage(noisy, model, { tile: 16, onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(parts).toBe(2);
  });

  it.each([[[1, 1, 8, 8]], [[3, 8, 8]], [[1, 3, 0, 8]], [[0, 3, 8, 8]]])("refuses shape %j", async (shape) => {
    await expect(denoiseImage(tensor(shape), model)).rejects.toMatchObject({
      option: "noisy",
      message: `Cannot denoise pictures of shape [${shape}]: expected [count, 3, height, width]`,
    });
  });

  it.each([0, -1, 1.5, NaN, Infinity])("refuses parts of %d", async (tile) => {
    await expect(denoiseImage(noisy, model, { tile })).rejects.toMatchObject({ option: "tile" });
  });
});
