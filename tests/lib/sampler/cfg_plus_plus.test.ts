import { describe, expect, it } from "vitest";
import { cfgPlusPlus } from "../../../lib/sampler/cfg_plus_plus.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { exponentialMultistep } from "../../../lib/sampler/exponential_multistep.ts";
import { exactMoments } from "../../../lib/sampler/exponential_weights.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf, pathNames } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));

describe.each(pathNames)("cfgPlusPlus on the path %s", (path) => {
  const steps = grid([0.9, 0.5].map((sigma) => levelOf(sigma, path, sigma)));
  const [[, to]] = steps as [typeof steps[0]];
  const prediction = { x: one(1), raw: one(0), image: one(3), noise: one(-2) };
  const end = (sampler: Sampler, unconditional?: number) => {
    const more = unconditional === undefined ? {} : { unconditional: one(unconditional) };
    return stepper(sampler).step({ ...prediction, ...more }).data[0]!;
  };

  it("puts the noise back as it is without the condition: α′·x̂₀ + σ′·ε̂", () => {
    expect(end(cfgPlusPlus(euler(one(1), steps)), 0.5)).toBeCloseTo(to.alpha * 3 + to.sigma * 0.5, 6);
  });

  it("does the same to samplers that go on from the sample itself", () => {
    const multistep = exponentialMultistep(one(1), steps, { moments: exactMoments });
    expect(end(cfgPlusPlus(multistep), 0.5)).toBeCloseTo(to.alpha * 3 + to.sigma * 0.5, 6);
  });

  it("changes nothing without guidance", () => {
    expect(end(cfgPlusPlus(euler(one(1), steps)))).toBe(end(euler(one(1), steps)));
  });
});
