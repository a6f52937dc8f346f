import { describe, expect, it } from "vitest";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { sample } from "../../../lib/sampler/drive.ts";
import type { Noise, Sampler } from "../../../lib/sampler/sampler.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

/** A sampler of one's own: ask once, then add noise to the image. */
function* jump(x: ReturnType<typeof tensor>, noise: Noise): Sampler {
  const [from, to] = [{ time: 5, alpha: 0.6, sigma: 0.8 }, { time: 0, alpha: 1, sigma: 0.5 }];
  const { image } = yield { x, at: from };
  return addNoise(image, noise(x.shape, from, to), to);
}

describe("Sampler", () => {
  it("is all that a driver needs to know of a sampler", async () => {
    const ones: Noise = (shape) => tensor(shape, new Float32Array(2).fill(1));
    const image = tensor([2], new Float32Array([3, 4]));
    const run = sample(jump(tensor([2]), ones), ({ x }) => Promise.resolve({ x, image, noise: x, raw: x }));
    expect((await run.next()).done).toBe(false);
    const end = await run.next();
    expect(end.done && [...end.value.data]).toEqual([3.5, 4.5]);
  });
});
