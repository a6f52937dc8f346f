import { describe, expect, it } from "vitest";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { read, readingNames, target } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { levelAt, type Path } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const generator = torchGenerator(2);
const [image, noise] = [generator.randn([2, 5]), generator.randn([2, 5])];
const schedule = noiseSchedule({ name: "linear" });

const one = (value: number) => tensor([1], new Float32Array([value]));

function expectClose(found: Tensor, expected: Tensor, tolerance: number) {
  expect(found.shape).toEqual(expected.shape);
  expected.data.forEach((value, i) => expect(Math.abs(found.data[i]! - value)).toBeLessThanOrEqual(tolerance));
}

describe.each(readingNames)("read %s", (reading) => {
  it.each(
    [["variance_preserving", 10], ["variance_preserving", 700], ["variance_exploding", 10], [
      "variance_exploding",
      700,
    ]] as readonly (readonly [Path, number])[],
  )("inverts target on the path %s at time %d", (path, time) => {
    const at = levelAt(schedule, time, path);
    const x = addNoise(image, noise, at);
    const prediction = read(reading, target(reading, image, noise, at), { x, at });
    // A rounding of x is divided by α to become an image, by σ to become a noise.
    const rounding = 4e-7 * Math.max(...x.data.map(Math.abs));
    expectClose(prediction.image, image, 4 * rounding / at.alpha);
    expectClose(prediction.noise, noise, 4 * rounding / at.sigma);
    expect(prediction.x).toBe(x);
  });

  it("gives an image and a noise that add up to the sample, whatever the network says", () => {
    const at = levelAt(schedule, 400);
    const x = torchGenerator(8).randn([2, 5]);
    const raw = torchGenerator(9).randn([2, 5]);
    const prediction = read(reading, raw, { x, at });
    expect(prediction.raw).toBe(raw);
    expectClose(addNoise(prediction.image, prediction.noise, at), x, 1e-5);
  });
});

describe("read", () => {
  it("reads v where no signal is left, as −image", () => {
    const { image, noise } = read("v_prediction", one(-0.5), { x: one(2), at: { time: 9, alpha: 0, sigma: 1 } });
    expect(image.data[0]).toBe(0.5);
    expect(noise.data[0]).toBe(2);
  });

  it("reckons with the standard deviation of the images, as EDM does", () => {
    const question = { x: one(3), at: { time: 0, alpha: 1, sigma: 2 } };
    const { image, noise } = read("preconditioned", one(0.7), question, 0.5);
    expect(image.data[0]).toBeCloseTo(3 * 0.25 / 4.25 + 0.7 * 2 * 0.5 / Math.sqrt(4.25), 6);
    expect(noise.data[0]).toBeCloseTo((3 - image.data[0]!) / 2, 6);
  });

  it("refuses to divide by nothing", () => {
    const at = (alpha: number, sigma: number) => ({ x: one(1), at: { time: 0, alpha, sigma } });
    expect(() => read("epsilon", one(1), at(0, 1))).toThrow(RangeError);
    expect(() => read("sample", one(1), at(1, 0))).toThrow(RangeError);
  });

  it("refuses an output of another shape", () => {
    const question = { x: tensor([2]), at: { time: 0, alpha: 0.6, sigma: 0.8 } };
    expect(() => read("epsilon", tensor([3]), question)).toThrow(RangeError);
    expect(() => read("v_prediction", tensor([1, 2]), question)).toThrow(RangeError);
  });
});

describe("target", () => {
  it("is the noise, the image, or α·noise − σ·image", () => {
    const at = { time: 0, alpha: 0.6, sigma: 0.8 };
    expect(target("epsilon", one(1), one(5), at).data[0]).toBe(5);
    expect(target("sample", one(1), one(5), at).data[0]).toBe(1);
    expect(target("v_prediction", one(1), one(5), at).data[0]).toBeCloseTo(2.2, 6);
  });

  it("is the same velocity on both paths", () => {
    const [preserving, exploding] = (["variance_preserving", "variance_exploding"] as const)
      .map((path) => target("v_prediction", image, noise, levelAt(schedule, 300, path)));
    expectClose(preserving!, exploding!, 1e-6);
  });
});
