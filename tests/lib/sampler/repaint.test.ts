import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { sample } from "../../../lib/sampler/drive.ts";
import { repaint, type RepaintOptions } from "../../../lib/sampler/repaint.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const schedule = noiseSchedule({ name: "linear" });
const stepsOf = (times: readonly number[]) => grid(times.map((time) => levelAt(schedule, time)));

async function run(times: readonly number[], options: Partial<RepaintOptions> = {}, size = 2) {
  const start = tensor([size], new Float32Array(size).fill(0.5));
  const sampler = repaint(start, stepsOf(times), { noise: torchGenerator(3).randn, ...options });
  const asked: { time: number; data: Float32Array }[] = [];
  const walk = sample(sampler, (question) => Promise.resolve(read("v_prediction", question.x, question)));
  let turn = await walk.next();
  for (; !turn.done; turn = await walk.next()) asked.push({ time: turn.value.at.time, data: turn.value.x.data });
  return { asked, data: turn.value.data };
}

describe("repaint", () => {
  it("keeps what is known, and makes the rest", async () => {
    const known = { image: tensor([2], new Float32Array([0.25, 0.25])), mask: tensor([2], new Float32Array([1, 0])) };
    const { data } = await run([900, 500, -1], { known });
    expect(data[0]).toBe(0.25);
    expect(data[1]).not.toBeCloseTo(0.25, 3);
    expect(data[1]).toBeCloseTo((await run([900, 500, -1])).data[1]!, 6);
  });

  it("asks nothing on its way up", async () => {
    expect((await run([900, 500, 700, 900, 400, -1])).asked.map(({ time }) => time)).toEqual([900, 900, 400]);
  });

  it("goes up as the forward process does", async () => {
    const { asked } = await run([500, -1, 999, 500], { known: undefined }, 20_000);
    const { data } = asked[1]!;
    const variance = data.reduce((sum, value) => sum + value ** 2, 0) / data.length;
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });

  it("refuses a mask of another shape", async () => {
    const known = { image: tensor([2]), mask: tensor([3]) };
    await expect(run([900, -1], { known })).rejects.toThrow(RangeError);
  });
});
