import { describe, expect, it } from "vitest";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { methodFor } from "../../../lib/scheduler/method.ts";
import { ddim as row } from "../../../lib/scheduler/rows/diffusion.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const ddim = { _class_name: "DDIMScheduler" };

describe("methodFor", () => {
  it("is told the row, and heeds no class that the config names", () => {
    const method = methodFor(row, { _class_name: "EulerDiscreteScheduler", beta_end: 0.5 });
    expect(method.config).toEqual({ _class_name: "DDIMScheduler", beta_end: 0.5 });
    expect(method.options.beta_end).toBe(0.5);
  });

  it("keeps the config as it was given, unknown keys included", () => {
    const config = { ...ddim, _diffusers_version: "0.42.1", skip_prk_steps: true, nested: { a: [1] } };
    expect(methodOf(config).config).toEqual(config);
  });

  it("reads the same options as another class of the catalogue", () => {
    const config = {
      _class_name: "DDIMScheduler",
      beta_schedule: "scaled_linear",
      beta_start: 0.00085,
      beta_end: 0.012,
    };
    const euler = methodOf({ ...config, _class_name: "EulerDiscreteScheduler" });
    expect(euler.schedule.alphasCumprod).toEqual(methodOf(config).schedule.alphasCumprod);
    expect(euler.row.name).toBe("euler");
  });

  it("lists the levels that a run asks at, in order, without asking anybody", () => {
    const method = methodOf(ddim);
    const steps = method.grid(5);
    expect(method.questions(steps)).toEqual(steps.map(([from]) => from));
    expect(method.questions([])).toEqual([]);
  });

  it("scales what the network is given only where the scheduler does", () => {
    const question = { x: tensor([1], new Float32Array([10])), at: { time: 0, alpha: 3, sigma: 4 } };
    expect(methodOf(ddim).modelInput(question)).toBe(question.x);
    expect(methodOf({ _class_name: "EulerDiscreteScheduler" }).modelInput(question).data[0]).toBe(2);
  });

  it("reads a learned variance apart from the prediction", () => {
    const method = methodOf({ _class_name: "DDPMScheduler", variance_type: "learned", clip_sample: false });
    const question = { x: tensor([1, 1, 2]), at: { time: 500, alpha: 0.6, sigma: 0.8 } };
    const output = tensor([1, 2, 2], new Float32Array([1, 2, 3, 4]));
    const { noise, variance } = method.predict(output, question);
    expect([...noise.data]).toEqual([1, 2]);
    expect([...variance!.data]).toEqual([3, 4]);
  });

  it("refuses to say nothing of an image where there is only noise", () => {
    const config = { ...ddim, rescale_betas_zero_snr: true, timestep_spacing: "trailing" };
    expect(() => methodOf(config)).toThrow(/found prediction_type = "epsilon".*expected v_prediction/);
    expect(() => methodOf({ ...config, prediction_type: "v_prediction" })).not.toThrow();
  });

  it("runs as it is asked, in exactly one way, and only where the scheduler can", () => {
    const { grid } = methodFor({ ...row, runs: ["timesteps"] });
    expect(grid({ timesteps: [900, 400, 3] }).map(([from]) => from.time)).toEqual([900, 400, 3]);
    expect(() => grid({})).toThrow(/found nothing, expected one of count, timesteps and sigmas/);
    expect(() => grid({ count: 2, timesteps: [1] })).toThrow(/found count and timesteps/);
    expect(() => grid({ mu: 1, count: 2 })).toThrow(/Cannot set mu of DDIM/);
  });

  it("takes trained β, and refuses another number of them than of times", () => {
    const trained_betas = [0.1, 0.2, 0.3];
    const { schedule } = methodOf({ ...ddim, trained_betas, num_train_timesteps: 3 });
    expect([...schedule.betas]).toEqual(trained_betas.map(Math.fround));
    expect(() => methodOf({ ...ddim, trained_betas })).toThrow(/3 values.*1000/);
  });

  it("reads null as a missing option, as diffusers does", () => {
    expect(methodOf({ ...ddim, trained_betas: null, thresholding: null }).schedule.betas.length).toBe(1000);
  });

  it.each([0, -3, 2.5, 1001, 1e9])("refuses a run of %d steps", (count) => {
    expect(() => methodOf(ddim).grid(count)).toThrow(RangeError);
  });

  it("cannot start a run of no steps", () => {
    expect(() => methodOf(ddim).initNoiseSigma([])).toThrow(RangeError);
  });

  it("clips as the scheduler does, and as asked", () => {
    const x = tensor([1], new Float32Array([4]));
    const raw = tensor([1], new Float32Array([0.5]));
    const at = { time: 500, alpha: 0.6, sigma: 0.8 };
    const noiseOf = (_class_name: string, clipsConsistently?: boolean) => {
      const { image, noise } = methodOf({ _class_name }).predict(raw, { x, at }, { clipsConsistently });
      if (_class_name !== "EulerDiscreteScheduler") expect(image.data[0]).toBe(1);
      return noise.data[0]!;
    };
    expect(noiseOf("DDPMScheduler")).toBeCloseTo((4 - 0.6) / 0.8, 6);
    expect(noiseOf("DDIMScheduler")).toBe(0.5);
    expect(noiseOf("DDIMScheduler", true)).toBeCloseTo((4 - 0.6) / 0.8, 6);
    expect(noiseOf("EulerDiscreteScheduler")).toBe(0.5);
  });

  it.each([-0.1, 1.1, NaN])("refuses η = %d", (eta) => {
    const method = methodOf(ddim);
    expect(() => method.sampler(tensor([1]), method.grid(2), { eta })).toThrow(RangeError);
  });

  it("draws as much noise as η says", () => {
    const method = methodOf(ddim);
    const steps = method.grid(4);
    const drawn = (eta?: number) => {
      let draws = 0;
      const noise = (shape: readonly number[]) => (draws++, torchGenerator(0).randn(shape));
      const sampler = method.sampler(tensor([1]), steps, { noise, eta });
      let turn = sampler.next();
      while (!turn.done) turn = sampler.next(method.predict(tensor([1]), turn.value));
      return draws;
    };
    expect([drawn(), drawn(0), drawn(0.5)]).toEqual([0, 0, 3]);
  });
});
