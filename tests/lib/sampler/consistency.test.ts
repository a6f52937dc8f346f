import { describe, expect, it } from "vitest";
import { consistency } from "../../../lib/sampler/consistency.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const schedule = noiseSchedule({ name: "linear" });
const steps = grid([999, 499, -1].map((time) => levelAt(schedule, time)));

describe("consistency", () => {
  it("takes the answer for the picture, and draws its noise anew", () => {
    let drawn = 0;
    const noise = () => one(10 * ++drawn);
    const sampler = consistency(one(1), steps, { noise, boundary: ({ time }) => ({ skip: time / 1000, out: 0.5 }) });
    sampler.next();
    const turn = sampler.next({ x: one(2), raw: one(0), image: one(4), noise: one(100) });
    const { alpha, sigma } = steps[0]![1];
    expect((turn.value as { x: ReturnType<typeof one> }).x.data[0]).toBeCloseTo(
      alpha * (0.999 * 2 + 0.5 * 4) + sigma * 10,
      5,
    );
    // No noise follows the last step.
    const last = sampler.next({ x: one(2), raw: one(0), image: one(4), noise: one(100) });
    expect(last.done && last.value.data[0]).toBeCloseTo(0.499 * 2 + 0.5 * 4, 6);
    expect(drawn).toBe(1);
  });
});
