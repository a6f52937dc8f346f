import { describe, expect, it } from "vitest";
import { stepper } from "../../../lib/sampler/drive.ts";
import { gradientEstimation } from "../../../lib/sampler/gradient_estimation.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const steps = grid([4, 2, 1, 0].map((sigma) => levelOf(sigma, "variance_exploding", sigma)));

describe("gradientEstimation", () => {
  it("goes along twice the noise less the one before, and along the noise alone at both ends", () => {
    const walk = stepper(gradientEstimation(one(4), steps));
    const told = (noise: number, x: number) => ({ x: one(x), image: one(0), noise: one(noise), raw: one(0) });
    expect(walk.step(told(1, 4)).data[0]).toBe(2);
    expect(walk.step(told(3, 2)).data[0]).toBe(2 - 5);
    expect(walk.step(told(2, -3)).data[0]).toBe(-5);
  });

  it("takes γ", () => {
    const walk = stepper(gradientEstimation(one(4), steps, { gamma: 1 }));
    walk.step({ x: one(4), image: one(0), noise: one(1), raw: one(0) });
    expect(walk.step({ x: one(2), image: one(0), noise: one(3), raw: one(0) }).data[0]).toBe(-1);
  });
});
