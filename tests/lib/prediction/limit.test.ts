import { describe, expect, it } from "vitest";
import { limit } from "../../../lib/prediction/limit.ts";
import { clamp } from "../../../lib/tensor/clamp.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const row = (...values: number[]) => tensor([values.length], new Float32Array(values));
const within = (range: number) => (image: Tensor) => clamp(image, -range, range);
const at = { time: 5, alpha: 0.6, sigma: 0.8 };
const prediction = { x: row(2, 0.6), image: row(3, 0.5), noise: row(0.25, 0.375), raw: row(9, 9) };

describe("limit", () => {
  it("clips the image and, when consistent, works the noise out anew", () => {
    const { image, noise, x, raw } = limit(prediction, at, { bound: within(1), consistent: true });
    expect([...image.data]).toEqual([1, 0.5]);
    expect(noise.data[0]).toBeCloseTo((2 - 0.6) / 0.8, 6);
    expect(noise.data[1]).toBeCloseTo((0.6 - 0.3) / 0.8, 6);
    expect(x).toBe(prediction.x);
    expect(raw).toBe(prediction.raw);
  });

  it("keeps the noise that the network meant otherwise", () => {
    const { image, noise } = limit(prediction, at, { bound: within(1), consistent: false });
    expect([...image.data]).toEqual([1, 0.5]);
    expect(noise).toBe(prediction.noise);
  });

  it("keeps the image in whatever bound it is given", () => {
    const { image } = limit({ ...prediction, image: row(-3, 0.5) }, at, { bound: within(0.25), consistent: false });
    expect([...image.data]).toEqual([-0.25, 0.25]);
  });
});
