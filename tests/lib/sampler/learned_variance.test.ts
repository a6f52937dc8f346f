import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { posterior, posteriorLarge } from "../../../lib/sampler/freshness.ts";
import { learned, learnedRange, learnedVariance } from "../../../lib/sampler/learned_variance.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const schedule = noiseSchedule({ name: "linear" });
const steps = grid([600, 300, 0, -1].map((time) => levelAt(schedule, time)));
const row = (...values: number[]) => tensor([values.length], new Float32Array(values));

describe("what a network says of the variance", () => {
  it("is the variance, which is never negative", () => {
    expect([0.25, 0, -1].map(learned(steps[0]!))).toEqual([0.5, 0, 0]);
  });

  it("or lies between DDPM's two", () => {
    const size = learnedRange(steps[0]!);
    expect(size(-1)).toBeCloseTo(posterior(1)(steps[0]!).fresh, 6);
    expect(size(1)).toBeCloseTo(posteriorLarge(steps[0]!).fresh, 6);
    expect(size(0)).toBeCloseTo(Math.sqrt(size(-1) * size(1)), 6);
  });
});

describe("learnedVariance", () => {
  it("makes each value's noise as large as the network says, and none after time 0", () => {
    const drawn: number[] = [];
    const noise = (_: unknown, from: { readonly time: number }) => (drawn.push(from.time), row(1, 1));
    const walk = (variance: number[]) => {
      const { question, step } = stepper(learnedVariance(row(0, 0), steps, { deviation: learned, noise }));
      return [...step({ ...read("v_prediction", row(0, 0), question!), variance: row(...variance) }).data];
    };
    expect(walk([0.25, 0.01])).toEqual([0.5, expect.closeTo(0.1)]);
    const { question, step } = stepper(learnedVariance(row(0, 0), steps.slice(2), { deviation: learned, noise }));
    expect([...step({ ...read("v_prediction", row(0, 0), question!), variance: row(1, 1) }).data]).toEqual([0, 0]);
    expect(drawn).toEqual([600]);
  });

  it("refuses a network that says nothing of it", () => {
    const { question, step } = stepper(learnedVariance(row(0), steps, { deviation: learned, noise: () => row(0) }));
    expect(() => step(read("v_prediction", row(0), question!))).toThrow(/expected a variance/);
  });
});
