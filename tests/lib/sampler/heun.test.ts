import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { heun } from "../../../lib/sampler/heun.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const levels = (...sigmas: number[]) => grid(sigmas.map((sigma, i) => levelOf(sigma, "variance_exploding", i)));

describe("heun", () => {
  it("asks at both ends of a step, and goes along the mean of what it hears", () => {
    const walk = stepper(heun(one(10), levels(4, 2, 0)));
    const say = (noise: number) => walk.step(read("epsilon", one(noise), { ...walk.question!, x: walk.question!.x }));
    expect(walk.question!.at.sigma).toBe(4);
    expect(say(1).data[0]).toBe(8);
    expect(walk.question!.at.sigma).toBe(2);
    expect(say(3).data[0]).toBe(6);
    expect(say(1).data[0]).toBe(4);
    expect(walk.question).toBeUndefined();
  });

  it("keeps what it needs when its caller overwrites the answer", () => {
    const walk = stepper(heun(one(10), levels(4, 2)));
    const first = one(1);
    const x = one(10);
    walk.step(read("epsilon", first, { x, at: walk.question!.at })).data;
    first.data[0] = x.data[0] = NaN;
    expect(walk.step(read("epsilon", one(3), { x: one(8), at: walk.question!.at })).data[0]).toBe(6);
  });
});
