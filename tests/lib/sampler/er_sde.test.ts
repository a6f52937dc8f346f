import { describe, expect, it } from "vitest";
import type { Denoise } from "../../../lib/prediction/prediction.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { sample } from "../../../lib/sampler/drive.ts";
import { erSde, erSdeScale } from "../../../lib/sampler/er_sde.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf, type Path, pathNames } from "../../../lib/schedule/level.ts";
import { mix } from "../../../lib/tensor/mix.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const SIZE = 20_000;

/** E[image | x] for images of N(0.4, 0.5²). */
const denoise: Denoise = ({ x, at: { alpha, sigma } }) => {
  const gain = alpha / 4 / (alpha ** 2 / 4 + sigma ** 2);
  const image = mix([gain, x], [0.4 * (1 - gain * alpha), tensor(x.shape, new Float32Array(x.data.length).fill(1))]);
  return Promise.resolve({ x, image, noise: x, raw: x });
};

async function finish(sampler: Sampler): Promise<Float32Array> {
  const run = sample(sampler, denoise);
  let turn = await run.next();
  while (!turn.done) turn = await run.next();
  return turn.value.data;
}

const stepsOf = (count: number, path: Path) =>
  grid([...Array(count).keys(), Infinity].map((i) => {
    const ratio = 50 * 0.0004 ** (i / count);
    return levelOf(path === "rectified_flow" ? ratio / (1 + ratio) : ratio, path, i);
  }));

describe("erSde", () => {
  it.each(pathNames)("draws the data's own distribution on the path %s", async (path) => {
    const steps = stepsOf(80, path);
    const generator = torchGenerator(3);
    const { alpha, sigma } = steps[0]![0];
    const start = mix([Math.hypot(sigma, alpha / 2), generator.randn([SIZE])]);
    const data = await finish(erSde(start, steps, { noise: generator.randn }));
    const mean = data.reduce((sum, value) => sum + value, 0) / SIZE;
    const spread = Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE);
    expect(Math.abs(mean - 0.4)).toBeLessThan(0.03);
    expect(Math.abs(spread / 0.5 - 1)).toBeLessThan(0.03);
  });

  it("needs noise for its SDE, and none for the ODE", async () => {
    const steps = stepsOf(4, "variance_exploding");
    await expect(finish(erSde(tensor([2]), steps))).rejects.toThrow("Cannot add fresh noise");
    expect((await finish(erSde(tensor([2]), steps, { scale: (ratio) => ratio }))).length).toBe(2);
    expect(erSdeScale(1)).toBeCloseTo(Math.E + 10, 12);
  });

  it("errs less with more predictions", async () => {
    const start = () => tensor([1], new Float32Array([30]));
    const scale = (ratio: number) => ratio;
    const end = async (count: number, order: number) =>
      (await finish(erSde(start(), stepsOf(count, "variance_exploding"), { scale, order })))[0]!;
    const exact = await end(2000, 2);
    const [one, two] = [await end(30, 1), await end(30, 2)].map((value) => Math.abs(value - exact));
    expect(two!).toBeLessThan(one! / 4);
  });
});
