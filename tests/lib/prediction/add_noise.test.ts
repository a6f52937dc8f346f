import { describe, expect, it } from "vitest";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("addNoise", () => {
  it("is α·image + σ·noise", () => {
    const image = tensor([1, 2], new Float32Array([1, -1]));
    const noise = tensor([1, 2], new Float32Array([0.5, 2]));
    expect([...addNoise(image, noise, { time: 0, alpha: 0.5, sigma: 2 }).data]).toEqual([1.5, 3.5]);
  });

  it("gives the image back where there is no noise, and the noise where there is no signal", () => {
    const [image, noise] = [tensor([3], new Float32Array([1, 2, 3])), torchGenerator(0).randn([3])];
    expect(addNoise(image, noise, { time: -1, alpha: 1, sigma: 0 }).data).toEqual(image.data);
    expect(addNoise(image, noise, { time: 9, alpha: 0, sigma: 1 }).data).toEqual(noise.data);
  });

  it("jumps as far as many single steps of the forward process, in distribution", () => {
    const schedule = noiseSchedule({ name: "linear" });
    const generator = torchGenerator(5);
    const image = tensor([20_000], new Float32Array(20_000).fill(0.8));
    let walked = image;
    for (let t = 0; t < 50; t++) {
      const beta = schedule.betas[t]!;
      const step = { time: t, alpha: Math.sqrt(1 - beta), sigma: Math.sqrt(beta) };
      walked = addNoise(walked, generator.randn(image.shape), step);
    }
    const { alpha, sigma } = levelAt(schedule, 49);
    const mean = walked.data.reduce((sum, value) => sum + value, 0) / walked.data.length;
    const variance = walked.data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / walked.data.length;
    expect(Math.abs(mean - 0.8 * alpha)).toBeLessThan(4 * sigma / Math.sqrt(20_000));
    expect(variance / sigma ** 2).toBeGreaterThan(0.96);
    expect(variance / sigma ** 2).toBeLessThan(1.04);
  });

  it("refuses different shapes", () => {
    expect(() => addNoise(tensor([2]), tensor([3]), { time: 0, alpha: 1, sigma: 1 })).toThrow(RangeError);
  });
});
