import { describe, expect, it } from "vitest";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { catalogue, createScheduler } from "../../../lib/scheduler/catalogue.ts";
import { ddim as ddimRow } from "../../../lib/scheduler/rows/diffusion.ts";
import { type Scheduler, schedulerOf } from "../../../lib/scheduler/scheduler.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const ddim = (config: object = {}) => createScheduler({ _class_name: "DDIMScheduler", ...config });
const x = torchGenerator(4).randn([1, 20]);

function finish(scheduler: Scheduler, sample: Tensor, from = 0, options: object = {}): Tensor {
  for (const t of scheduler.timesteps.slice(from)) {
    sample = scheduler.step(scheduler.scaleModelInput(sample, t), t, sample, options).prevSample;
  }
  return sample;
}

describe("schedulerOf", () => {
  it("takes a row instead of a class, and any config", () => {
    const scheduler = schedulerOf(ddimRow, { timestep_spacing: "trailing" });
    scheduler.setTimesteps(4);
    expect(scheduler.timesteps).toEqual([999, 749, 499, 249]);
    expect(schedulerOf(ddimRow).config).toEqual({ _class_name: "DDIMScheduler" });
  });

  it.each(catalogue)("has no times before a run is set, with $className", ({ className }) => {
    const scheduler = createScheduler({ _class_name: className });
    expect(scheduler.timesteps).toEqual([]);
    expect(scheduler.sigmas).toEqual([]);
    expect(() => scheduler.step(x, 0, x)).toThrow(/no run is set, expected setTimesteps before/);
  });
});

describe("setTimesteps", () => {
  it("starts over, whatever came before", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(5);
    const end = finish(scheduler, x);
    scheduler.setTimesteps(5);
    expect(finish(scheduler, x).data).toEqual(end.data);
    scheduler.setTimesteps(3);
    expect(scheduler.timesteps).toEqual([666, 333, 0]);
  });

  it.each([0, -1, 1.5, NaN, 1001, 1e9])("refuses %d steps", (count) => {
    expect(() => ddim().setTimesteps(count)).toThrow(RangeError);
  });
});

describe("step", () => {
  it("refuses a time that is not the next one, and names both", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    scheduler.step(x, 750, x);
    expect(() => scheduler.step(x, 250, x)).toThrow(RangeError);
    expect(() => scheduler.step(x, 250, x)).toThrow(/250.*500/);
    expect(() => scheduler.step(x, 750, x)).toThrow(/750.*500/);
    expect(() => scheduler.step(x, 500, x)).not.toThrow();
  });

  it("refuses a first time that the run has not", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    expect(() => scheduler.step(x, 400, x)).toThrow(/400.*750, 500, 250, 0/);
  });

  it("refuses a step after the last", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(2);
    finish(scheduler, x);
    expect(() => scheduler.step(x, 0, x)).toThrow(/finished/);
  });

  it("may start in the middle, at a time of the run", () => {
    const [whole, part] = [ddim(), ddim()];
    whole.setTimesteps(4);
    part.setTimesteps(4);
    const half = whole.step(x, 750, x).prevSample;
    const expected = whole.step(half, 500, half).prevSample.data;
    expect(part.step(half, 500, half).prevSample.data).toEqual(expected);
  });

  it("takes the sample that it is handed, not the one that it gave", () => {
    const [a, b] = [ddim(), ddim()];
    a.setTimesteps(4);
    b.setTimesteps(4);
    a.step(x, 750, x);
    b.step(x, 750, x);
    const other = torchGenerator(9).randn(x.shape);
    expect(a.step(x, 500, other).prevSample.data).not.toEqual(b.step(x, 500, x).prevSample.data);
  });

  it("takes fresh noise from a generator, or the noise itself", () => {
    const [a, b] = [ddim(), ddim()];
    a.setTimesteps(4);
    b.setTimesteps(4);
    const noise = torchGenerator(3).randn(x.shape);
    const drawn = a.step(x, 750, x, { eta: 1, generator: torchGenerator(3) });
    const given = b.step(x, 750, x, { eta: 1, noise });
    expect(drawn.prevSample.data).toEqual(given.prevSample.data);
  });

  it("says so when noise is needed and none is given", () => {
    const scheduler = createScheduler({ _class_name: "DDPMScheduler" });
    scheduler.setTimesteps(4);
    expect(() => scheduler.step(x, 750, x)).toThrow(/DDPM.*generator/);
  });

  it("refuses an output of another shape", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    expect(() => scheduler.step(tensor([20]), 750, x)).toThrow(RangeError);
  });
});

function finishFrom(sample: Tensor, times: readonly number[]): Tensor[] {
  const scheduler = ddim();
  scheduler.setTimesteps(4);
  scheduler.setBeginIndex(scheduler.timesteps.indexOf(times[0]!));
  return times.map((t) => (sample = scheduler.step(sample, t, sample).prevSample));
}

describe("setBeginIndex", () => {
  it("begins at that step, and at no other", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    scheduler.setBeginIndex(2);
    expect(() => scheduler.step(x, 750, x)).toThrow(/750.*250/);
    expect(() => scheduler.step(x, 250, x)).not.toThrow();
  });

  it("gives what the whole run gives from there", () => {
    const whole = ddim();
    whole.setTimesteps(4);
    const half = whole.step(x, 750, x).prevSample;
    const end = [500, 250, 0].reduce((sample, t) => whole.step(sample, t, sample).prevSample, half);
    expect(finishFrom(half, [500, 250, 0]).at(-1)!.data).toEqual(end.data);
  });

  it("is forgotten by the next run", () => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    scheduler.setBeginIndex(2);
    scheduler.setTimesteps(4);
    expect(() => scheduler.step(x, 750, x)).not.toThrow();
  });

  it.each([-1, 4, 1.5, NaN])("refuses step %d", (index) => {
    const scheduler = ddim();
    scheduler.setTimesteps(4);
    expect(() => scheduler.setBeginIndex(index)).toThrow(RangeError);
  });
});

describe("addNoise and getVelocity", () => {
  const image = torchGenerator(5).randn(x.shape);
  const noise = torchGenerator(6).randn(x.shape);

  it("mix image and noise by the square roots of ᾱ and 1 − ᾱ", () => {
    const scheduler = ddim();
    const signal = 0.07779665; // diffusers: DDIMScheduler().alphas_cumprod[500]
    const [alpha, sigma] = [Math.sqrt(signal), Math.sqrt(1 - signal)];
    const noisy = scheduler.addNoise(image, noise, 500).data;
    const velocity = scheduler.getVelocity(image, noise, 500).data;
    for (let i = 0; i < 20; i++) {
      expect(noisy[i]).toBeCloseTo(alpha * image.data[i]! + sigma * noise.data[i]!, 5);
      expect(velocity[i]).toBeCloseTo(alpha * noise.data[i]! - sigma * image.data[i]!, 5);
    }
  });

  it("add σ·noise to an untouched image on Euler's path", () => {
    const scheduler = createScheduler({ _class_name: "EulerDiscreteScheduler" });
    scheduler.setTimesteps(10);
    const noisy = scheduler.addNoise(image, noise, scheduler.timesteps[3]!).data;
    noisy.forEach((value, i) => {
      expect(value).toBeCloseTo(image.data[i]! + scheduler.sigmas[3]! * noise.data[i]!, 4);
    });
  });

  it("refuse a time that is none", () => {
    expect(() => ddim().addNoise(image, noise, 1000)).toThrow(RangeError);
    expect(() => ddim().getVelocity(image, noise, -2)).toThrow(RangeError);
  });
});
