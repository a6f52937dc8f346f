import { describe, expect, it } from "vitest";
import type { Prediction } from "../../../lib/prediction/prediction.ts";
import { exponentialMultistep, type ExponentialMultistepOptions } from "../../../lib/sampler/exponential_multistep.ts";
import { exactMoments } from "../../../lib/sampler/exponential_weights.ts";
import { toward } from "../../../lib/sampler/move.ts";
import { grid, type Step } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const sigmas = [3, 2, 1.2, 0.6, 0.3];
const steps = grid(sigmas.map((sigma, time) => levelOf(sigma, "variance_exploding", time)));

/** A network whose image is a curve of the sample, answered from memory that is overwritten at once. */
function run(options: Partial<ExponentialMultistepOptions>, along: readonly Step[] = steps): number {
  const sampler = exponentialMultistep(one(5), along, { moments: exactMoments, ...options });
  const given: Tensor[] = [];
  let turn = sampler.next();
  while (!turn.done) {
    const x = one(turn.value.x.data[0]!);
    const prediction: Prediction = { x, image: one(Math.sin(x.data[0]!)), noise: one(0), raw: one(0) };
    turn = sampler.next(prediction);
    // Read, and so worked out, before the memory goes.
    expect(Number.isFinite((turn.done ? turn.value : turn.value.x).data[0])).toBe(true);
    given.push(x, prediction.image);
    for (const { data } of given) data.fill(NaN);
  }
  return turn.value.data[0]!;
}

describe("exponentialMultistep", () => {
  it("is the plain move where it goes by one prediction", () => {
    let x = one(5);
    for (const [from, to] of steps) x = toward(x, one(Math.sin(x.data[0]!)), from, to);
    expect(run({ predictor: 1 })).toBeCloseTo(x.data[0]!, 5);
  });

  it("goes by no more predictions than a step of the grid allows", () => {
    const low = steps.map(([from, to]) => [from, to, { order: 1 }] as const);
    expect(run({ predictor: 3 }, low)).toBe(run({ predictor: 1 }));
    expect(run({ predictor: 3 })).not.toBe(run({ predictor: 2 }));
  });

  it("corrects each step but those that must not be", () => {
    const uncorrected = steps.map(([from, to]) => [from, to, { corrected: false }] as const);
    const corrected = run({ predictor: 2, corrector: 3 });
    expect(corrected).not.toBe(run({ predictor: 2 }));
    expect(run({ predictor: 2, corrector: 3 }, uncorrected)).toBe(run({ predictor: 2 }));
    // The last step has no end that is asked about.
    const last = steps.map(([from, to], i) => [from, to, { corrected: i < steps.length - 1 }] as const);
    expect(run({ predictor: 2, corrector: 3 }, last)).toBe(corrected);
  });

  it("comes nearer with each order", () => {
    const many = grid(Array.from({ length: 4001 }, (_, i) => levelOf(3 * 0.1 ** (i / 4000), "variance_exploding", i)));
    const few = grid(Array.from({ length: 21 }, (_, i) => levelOf(3 * 0.1 ** (i / 20), "variance_exploding", i)));
    const exact = run({ predictor: 3 }, many);
    const errors = [1, 2, 3].map((predictor) => Math.abs(run({ predictor }, few) - exact));
    expect(errors[1]).toBeLessThan(errors[0]! / 3);
    expect(errors[2]).toBeLessThan(errors[1]! / 2);
    expect(Math.abs(run({ predictor: 2, corrector: 3 }, few) - exact)).toBeLessThan(errors[1]! / 2);
  });

  it("asks for noise once at each step that has an end to add it to", () => {
    const asked: number[] = [];
    const noise = (shape: readonly number[], from: { readonly time: number }) => {
      asked.push(from.time);
      return tensor(shape);
    };
    const clean = levelOf(0, "variance_exploding", -1);
    run({ predictor: 2, corrector: 2, tau: () => 1, noise }, [...steps, [steps.at(-1)![1], clean]]);
    expect(asked).toEqual([0, 1, 2, 3]);
  });
});
