import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { churn } from "../../../lib/sampler/churn.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { flowHeun, type FlowHeunOptions } from "../../../lib/sampler/flow_heun.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const steps = (count: number) =>
  grid(Array.from({ length: count + 1 }, (_, i) => levelOf(1 - i / count, "rectified_flow", count - i)));

/** Where a run ends whose velocity at a sample is x + σ; which is 3/e − 1 from x = 1, for steps without end. */
function end(count: number, options?: FlowHeunOptions): number {
  const walk = stepper(flowHeun(one(1), steps(count), options));
  let x = one(1);
  while (walk.question) {
    const velocity = one(x.data[0]! + walk.question.at.sigma);
    x = walk.step(read("flow_prediction", velocity, { ...walk.question, x }));
    x = one(x.data[0]!);
  }
  return x.data[0]!;
}

describe("flowHeun", () => {
  it("asks at both ends of each step but the last", () => {
    const walk = stepper(flowHeun(one(1), steps(3)));
    const asked: number[] = [];
    for (; walk.question; walk.step(read("flow_prediction", one(0), { ...walk.question, x: one(1) }))) {
      asked.push(walk.question.at.time);
    }
    expect(asked).toEqual([3, 2, 2, 1, 1]);
  });

  it("is of second order, but for its last step", () => {
    const error = (count: number) => Math.abs(end(count) - (3 / Math.E - 1));
    // The last step's error falls with its length squared, as that of all others together.
    const slope = Math.log2(error(16) / error(64)) / 2;
    expect(slope).toBeGreaterThan(1.8);
    expect(slope).toBeLessThan(2.2);
  });

  it("draws twice where it churns, and says so when it cannot", () => {
    let drawn = 0;
    const noise = () => one(++drawn);
    end(3, { noise, churn: churn({ amount: 1, max: 1 }) });
    // At σ = 1, 2/3 and 1/3 the ratios are infinite, 2 and 1/2: the last step alone churns, which has one half.
    expect(drawn).toBe(1);
    end(3, { noise, churn: churn({ amount: 1 }) });
    expect(drawn).toBe(1 + 5);
    expect(() => end(3, { churn: churn({ amount: 1 }) })).toThrow(TypeError);
  });
});
