import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { sample } from "../../../lib/sampler/drive.ts";
import { plms, type PlmsOptions } from "../../../lib/sampler/plms.ts";
import { grid, type Step } from "../../../lib/schedule/grid.ts";
import type { Level } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

/** σ falls evenly, so that the noise is a polynomial of how far the run has come and Adams' weights are exact. */
const levels = [10, 8, 6, 4, 2, 0].map((sigma) => ({ time: sigma, alpha: 1, sigma }));

async function run(steps: readonly Step[], noise: (at: Level) => number, options: PlmsOptions = {}) {
  const asked: number[] = [];
  const walk = sample(plms(tensor([1]), steps, options), (question) => {
    asked.push(question.at.time);
    return Promise.resolve(read("epsilon", tensor([1], new Float32Array([noise(question.at)])), question));
  });
  let turn = await walk.next();
  while (!turn.done) turn = await walk.next();
  return { asked, x: turn.value.data[0]! };
}

describe("plms", () => {
  it("asks once a step, and its first step is Euler's", async () => {
    const { asked, x } = await run(grid(levels.slice(0, 2)), () => 3);
    expect(asked).toEqual([10]);
    expect(x).toBe(-6);
  });

  it("is exact for cubes once it has a past of four", async () => {
    const cube = ({ sigma }: Level) => sigma ** 3 / 100;
    const four = await run(grid(levels.slice(0, 5)), cube);
    const five = await run(grid(levels), cube);
    // ∫ σ³/100 from 2 to 0.
    expect(five.x - four.x).toBeCloseTo(-0.04, 5);
  });

  it("begins as Runge and Kutta do where the grid names levels between, and is exact for cubes at once", async () => {
    const [from, to] = [levels[0]!, levels[1]!];
    const middle = { time: 9, alpha: 1, sigma: 9 };
    const { asked, x } = await run([[from, to, { order: 4, via: [middle, middle] }]], ({ sigma }) => sigma ** 3 / 100);
    expect(asked).toEqual([10, 9, 9, 8]);
    expect(x).toBeCloseTo((8 ** 4 - 10 ** 4) / 400, 4);
  });

  it("begins as Heun does at order 2", async () => {
    const [from, to] = [levels[0]!, levels[1]!];
    const { asked, x } = await run([[from, to, { order: 2, via: [to, from] }]], ({ sigma }) => sigma);
    expect(asked).toEqual([10, 8]);
    expect(x).toBeCloseTo((8 ** 2 - 10 ** 2) / 2, 4);
  });

  it("reads what it has combined, if it is told how", async () => {
    const half: PlmsOptions = {
      read: (raw, question) => read("epsilon", tensor([1], raw.data.map((v) => v / 2)), question),
    };
    expect((await run(grid(levels.slice(0, 2)), () => 3, half)).x).toBe(-3);
  });
});
