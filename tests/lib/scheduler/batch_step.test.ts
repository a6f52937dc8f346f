import { describe, expect, it } from "vitest";
import { batchStepNoNoise } from "../../../lib/scheduler/batch_step.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import type { SchedulerConfig } from "../../../lib/scheduler/config.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { floats, readFixture } from "../../fixtures/read.ts";

type Golden = { readonly config: SchedulerConfig; readonly timesteps: readonly number[]; readonly stepped: string };

const { goldens } = await readFixture<{ goldens: readonly Golden[] }>("batch_step/batch_step.json");
const SHAPE = [3, 2, 2, 2];
const samples = tensor(SHAPE, Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)));
const modelOutputs = tensor(SHAPE, Float32Array.from({ length: 24 }, (_, i) => Math.cos(i) / 2));

describe("batchStepNoNoise", () => {
  it.each(goldens.map((golden) => [JSON.stringify(golden.config), golden] as const))(
    "is diffusers' with %s",
    (_, golden) => {
      const method = methodOf(golden.config);
      const { data, shape } = batchStepNoNoise(method, method.grid(6), {
        modelOutputs,
        timesteps: golden.timesteps,
        samples,
      });
      const expected = floats(golden.stepped);
      expect(shape).toEqual(SHAPE);
      const slack = 1e-4 * Math.max(...expected.map(Math.abs));
      data.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(slack));
    },
  );

  it("refuses a time that the run does not ask at, and counts that differ", () => {
    const method = methodOf({ _class_name: "DDPMParallelScheduler" });
    const steps = method.grid(10);
    expect(() => batchStepNoNoise(method, steps, { modelOutputs, timesteps: [900, 500, 1], samples }))
      .toThrow(/timestep 1: expected one of 900/);
    expect(() => batchStepNoNoise(method, steps, { modelOutputs, timesteps: [900], samples }))
      .toThrow(/3 samples, 3 model outputs and 1 timesteps/);
  });
});
