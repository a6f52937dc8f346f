import { describe, expect, it } from "vitest";
import {
  type Denoise,
  type Generator,
  methodOf,
  mix,
  type Question,
  sample,
  type Sampler,
  type Tensor,
  tensor,
  torchGenerator,
} from "@unnoise/lib";

/**
 * Data with a normal distribution N(MEAN, SPREAD²): the best image guess is known in closed form, the exact end of a
 * deterministic sampler too, so that the error of a sampler is a number and not an impression.
 */
const MEAN = 0.4;
const SPREAD = 0.5;

const fill = (x: Tensor, value: number) => tensor(x.shape, new Float32Array(x.data.length).fill(value));

/** E[image | x] and the noise that goes with it. */
const denoise: Denoise = ({ x, at }: Question) => {
  const { alpha, sigma } = at;
  const gain = alpha * SPREAD ** 2 / ((alpha * SPREAD) ** 2 + sigma ** 2);
  const image = mix([gain, x], [1 - gain * alpha, fill(x, MEAN)]);
  return Promise.resolve({ x, image, noise: mix([1 / sigma, x], [-alpha / sigma, image]), raw: image });
};

async function finish(sampler: Sampler): Promise<Tensor> {
  const run = sample(sampler, denoise);
  let turn = await run.next();
  while (!turn.done) turn = await run.next();
  return turn.value;
}

const options = { beta_schedule: "squaredcos_cap_v2", timestep_spacing: "trailing", clip_sample: false };

/** How far the end of a run lies from where the exact flow ends: the same number of standard deviations from the mean. */
async function errorOf(_class_name: string, count: number): Promise<number> {
  const method = methodOf({ _class_name, ...options });
  const steps = method.grid(count);
  const [{ alpha, sigma }] = steps[0]!;
  const start = tensor([4], new Float32Array([-2, -0.5, 1, 2].map((z) => z * method.initNoiseSigma(steps))));
  const end = await finish(method.sampler(start, steps));
  const width = Math.hypot(alpha * SPREAD, sigma);
  const exact = start.data.map((value) => MEAN + SPREAD * (value - alpha * MEAN) / width);
  return Math.max(...exact.map((value, i) => Math.abs(end.data[i]! - value)));
}

/** The slope of a straight line through points, least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = mean(points.map((point) => (point[0] - x) * (point[1] - y)));
  return covariance / mean(points.map((point) => (point[0] - x) ** 2));
}

describe("order of accuracy on a Gaussian", () => {
  it.each(["DDIMScheduler", "EulerDiscreteScheduler"])("%s errs in proportion to the step: order 1", async (name) => {
    const counts = [10, 20, 25, 40, 50, 100, 125, 200];
    const errors = await Promise.all(counts.map((count) => errorOf(name, count)));
    const order = -slope(counts.map((count, i) => [Math.log(count), Math.log(errors[i]!)] as const));
    expect(order).toBeGreaterThan(0.85);
    expect(order).toBeLessThan(1.15);
    expect(errors.at(-1)!).toBeLessThan(0.02);
    expect(errors.every((error, i) => i === 0 || error < errors[i - 1]!)).toBe(true);
  });

  it("agrees between DDIM and Euler, two names of one move, up to their rounding", async () => {
    const [ddim, euler] = [await errorOf("DDIMScheduler", 50), await errorOf("EulerDiscreteScheduler", 50)];
    expect(Math.abs(ddim - euler)).toBeLessThan(2e-3);
  });
});

describe("the distribution of what random samplers draw", () => {
  const SIZE = 20_000;
  const STEPS = 250;

  async function moments(_class_name: string, generator: Generator, extra: object = {}, eta?: number) {
    const method = methodOf({ _class_name, ...options, ...extra });
    const steps = method.grid(STEPS);
    const { data } = await finish(method.sampler(generator.randn([SIZE]), steps, { noise: generator.randn, eta }));
    const mean = data.reduce((sum, value) => sum + value, 0) / SIZE;
    return { mean, spread: Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE) };
  }

  it.each([
    ["DDPMScheduler", {}, undefined],
    ["DDIMScheduler", {}, 0],
    ["DDIMScheduler", {}, 0.5],
    ["DDIMScheduler", {}, 1],
  ])("has the right mean and spread with %s %j, η %s", async (name, extra, eta) => {
    const { mean, spread } = await moments(name, torchGenerator(7), extra, eta);
    // Four standard errors, and 2 % for the steps being no flow.
    expect(Math.abs(mean - MEAN)).toBeLessThan(4 * SPREAD / Math.sqrt(SIZE) + 0.02 * MEAN);
    expect(Math.abs(spread / SPREAD - 1)).toBeLessThan(4 / Math.sqrt(2 * SIZE) + 0.02);
  });

  it("has the right mean and too much spread with DDPM's larger variance", async () => {
    const small = await moments("DDPMScheduler", torchGenerator(7));
    const large = await moments("DDPMScheduler", torchGenerator(7), { variance_type: "fixed_large" });
    expect(Math.abs(large.mean - MEAN)).toBeLessThan(0.02);
    expect(large.spread).toBeGreaterThan(small.spread);
  });
});
