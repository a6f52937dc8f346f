import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { adamsWeights, linearMultistep } from "../../../lib/sampler/linear_multistep.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));

describe("adamsWeights", () => {
  it("are Adams and Bashforth's on even steps", () => {
    const weights = adamsWeights([0, -1, -2, -3], 0, 1);
    [55, -59, 37, -9].forEach((part, i) => expect(weights[i]).toBeCloseTo(part / 24, 12));
  });

  it("integrate polynomials exactly, wherever the nodes lie", () => {
    const nodes = [3, 3.5, 7, 9];
    const cubic = (x: number) => 2 * x ** 3 - x + 4;
    const integral = (x: number) => x ** 4 / 2 - x ** 2 / 2 + 4 * x;
    const sum = adamsWeights(nodes, 3, 1).reduce((sum, weight, i) => sum + weight * cubic(nodes[i]!), 0);
    expect(sum).toBeCloseTo(integral(1) - integral(3), 9);
  });
});

describe("linearMultistep", () => {
  /** Walks along dx/dσ = σ², whose integral is known. */
  const walked = (order: number, ...sigmas: number[]) => {
    const steps = grid(sigmas.map((sigma, i) => levelOf(sigma, "variance_exploding", i)));
    const walk = stepper(linearMultistep(one(0), steps, { order }));
    let x = one(0);
    while (walk.question) {
      const { at } = walk.question;
      x = one(walk.step(read("epsilon", one(at.sigma ** 2), { x, at })).data[0]!);
    }
    return x.data[0]!;
  };

  it("is Euler's method at order 1", () => {
    expect(walked(1, 3, 2, 1)).toBe(-9 - 4);
  });

  it("is exact for what its order can follow, once it has a past", () => {
    const exact = (from: number, to: number) => (to ** 3 - from ** 3) / 3;
    const start = walked(3, 4, 3.5, 3);
    expect(walked(3, 4, 3.5, 3, 2, 0.5) - start).toBeCloseTo(exact(3, 0.5), 5);
    expect(Math.abs(walked(1, 4, 3.5, 3, 2, 0.5) - walked(1, 4, 3.5, 3) - exact(3, 0.5))).toBeGreaterThan(1);
  });

  it("refuses an order of nothing", () => {
    expect(() => walked(0, 2, 1)).toThrow(/Cannot combine 0 predictions/);
  });
});
