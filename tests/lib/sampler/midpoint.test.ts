import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { posterior } from "../../../lib/sampler/freshness.ts";
import { midpoint, type MidpointOptions } from "../../../lib/sampler/midpoint.ts";
import type { Step } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
const step: Step = [level(8), level(2), { via: [level(4), level(4)] }];

function run(options: MidpointOptions, ...noises: number[]) {
  const walk = stepper(midpoint(one(10), [step], options));
  return noises.map((noise) => {
    const { at, x } = walk.question!;
    return { at: at.sigma, x: walk.step(read("epsilon", one(noise), { at, x })).data[0] };
  });
}

describe("midpoint", () => {
  it("asks in the middle and goes the whole step by the noise that it hears there", () => {
    expect(run({}, 1, 3)).toEqual([{ at: 8, x: 6 }, { at: 4, x: 10 - 6 * 3 }]);
  });

  it("goes by the image, if told to", () => {
    const [, end] = run({ predicts: "image" }, 1, 3);
    expect(end!.x).toBe(0.25 * 10 + 0.75 * (6 - 4 * 3));
  });

  it("adds fresh noise at the end, and in the middle only if told to", () => {
    const drawn: number[] = [];
    const options = {
      freshness: posterior(1),
      noise: (_: readonly number[], __: unknown, to: { sigma: number }) => one(drawn.push(to.sigma)),
    };
    run(options, 1, 3);
    expect(drawn).toEqual([2]);
    run({ ...options, stirsMiddle: true }, 1, 3);
    expect(drawn).toEqual([2, 4, 2]);
  });

  it("cannot do without a source of noise when noise is to be fresh", () => {
    expect(() => run({ freshness: posterior(1) }, 1, 3)).toThrow(/got no source of noise/);
  });
});
