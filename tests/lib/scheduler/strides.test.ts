import { describe, expect, it } from "vitest";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { methodFor } from "../../../lib/scheduler/method.ts";
import { ddim } from "../../../lib/scheduler/rows/diffusion.ts";
import { strideLevel, strides, timesOf, unitTimes } from "../../../lib/scheduler/strides.ts";

const schedule = noiseSchedule({ name: "linear" });
const { options } = methodFor(ddim, { timestep_spacing: "trailing" });

describe("strides", () => {
  it("go down by ⌊T/n⌋, not to the next time asked", () => {
    const times = strides(options, schedule, { count: 16 }).map(([from, to]) => [from.time, to.time]);
    expect(times.slice(1, 3)).toEqual([[937, 875], [874, 812]]);
    expect(times.at(-1)).toEqual([61, -1]);
  });
});

describe("strideLevel", () => {
  it("ends clean, or at the noise of time 0", () => {
    expect(strideLevel({ ...options, set_alpha_to_one: true }, schedule)(-5)).toEqual({ time: -1, alpha: 1, sigma: 0 });
    expect(strideLevel({ ...options, set_alpha_to_one: false }, schedule)(-5).sigma).toBe(levelAt(schedule, 0).sigma);
    expect(strideLevel(options, schedule)(0).time).toBe(0);
  });
});

describe("timesOf", () => {
  it("takes the times that are asked for, if they fall", () => {
    expect(timesOf(options, { timesteps: [700, 20, 0] })).toEqual([700, 20, 0]);
    for (const timesteps of [[], [1, 1], [1, 2], [3, -1], [NaN]]) {
      expect(() => timesOf(options, { timesteps })).toThrow(/expected falling numbers/);
    }
  });
});

describe("unitTimes", () => {
  it("run from 1 to 0", () => {
    expect(unitTimes(4)).toEqual([1, 0.75, 0.5, 0.25, 0]);
  });

  it.each([0, -1, 1.5, NaN])("refuse %d steps", (count) => {
    expect(() => unitTimes(count)).toThrow(RangeError);
  });
});
