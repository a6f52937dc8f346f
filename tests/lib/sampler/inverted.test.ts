import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { inverted } from "../../../lib/sampler/inverted.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { mix, settle } from "../../../lib/tensor/mix.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";
import type { Question } from "../../../lib/prediction/prediction.ts";

const steps = methodOf({ _class_name: "DDIMScheduler" }).grid(20);

/** The exact denoiser of images that are normal with deviation one half. */
function answer({ x, at }: Question) {
  const { alpha, sigma } = at;
  const image = settle(mix([alpha * 0.25 / ((alpha * 0.5) ** 2 + sigma ** 2), settle(x)]));
  return read("sample", image, { x, at });
}

function end(sampler: Sampler): Tensor {
  let turn = sampler.next();
  while (!turn.done) turn = sampler.next(answer(turn.value));
  return settle(turn.value);
}

function furthest(a: Tensor, b: Tensor): number {
  return Math.max(...a.data.map((value, i) => Math.abs(value - b.data[i]!)));
}

describe("inverted", () => {
  const image = settle(mix([0.5, torchGenerator(0).randn([1, 64])]));

  it("finds the noise that DDIM comes from, closer with each round", () => {
    const errors = [1, 2, 4, 8].map((rounds) =>
      furthest(end(euler(end(inverted(image, steps, { rounds })), steps)), image)
    );
    for (let k = 1; k < errors.length; k++) expect(errors[k]!).toBeLessThan(errors[k - 1]!);
    expect(errors.at(-1)!).toBeLessThan(1e-3);
  });

  it("ends in noise as strong as noise is", () => {
    const fine = methodOf({ _class_name: "DDIMScheduler" }).grid(200);
    const { data } = end(inverted(image, fine));
    const before = image.data.reduce((sum, value) => sum + value ** 2, 0) / 64;
    const after = data.reduce((sum, value) => sum + value ** 2, 0) / 64;
    expect(after / before).toBeCloseTo(4, 0.3);
  });

  it("asks at the levels of the run, the last first, and nowhere else", () => {
    const sampler = inverted(image, steps, { rounds: 1 });
    const times = [];
    for (let turn = sampler.next(); !turn.done; turn = sampler.next(answer(turn.value))) times.push(turn.value.at.time);
    expect(times).toEqual(steps.map(([{ time }]) => time).reverse());
  });

  it("leaves the image as it is when there is no step to walk back", () => {
    expect(end(inverted(image, []))).toBe(image);
  });
});
