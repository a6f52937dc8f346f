import { describe, expect, it } from "vitest";
import { read } from "../../../lib/prediction/read.ts";
import { churn, lateChurn, stir } from "../../../lib/sampler/churn.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const level = (sigma: number) => levelOf(sigma, "variance_exploding", 0);

describe("churn", () => {
  it("raises σ by its share, but not by more than √2, and only between its limits", () => {
    const { level: raised } = churn({ amount: 2, min: 1, max: 10 });
    expect(raised(level(4), 8).sigma).toBe(5);
    expect(raised(level(4), 2).sigma).toBeCloseTo(4 * Math.SQRT2, 12);
    for (const sigma of [0.5, 11]) expect(raised(level(sigma), 8).sigma).toBe(sigma);
  });
});

describe("stir", () => {
  it("adds the noise that is missing, times its scale", () => {
    expect(stir(one(1), level(3), level(5), { noise: () => one(2), scale: 0.5 }).data[0]).toBe(1 + 0.5 * 4 * 2);
  });

  it("draws nothing where nothing is missing, unless told to", () => {
    let drawn = 0;
    const noise = () => one(++drawn);
    stir(one(1), level(3), level(3), { noise });
    expect(drawn).toBe(0);
    stir(one(1), level(3), level(3), { noise, alwaysDraws: true });
    expect(drawn).toBe(1);
    expect(() => stir(one(1), level(3), level(5), {})).toThrow(/got no source of noise/);
  });
});

describe("lateChurn", () => {
  it("asks before it adds noise, and reads the answer for the sample with it", () => {
    const walk = stepper(
      lateChurn(one(1), grid([level(4), level(1)]), {
        churn: churn({ amount: 0.25 }),
        noise: () => one(2),
        read: (raw, question) => read("epsilon", raw, question),
      }),
    );
    expect(walk.question!.at.sigma).toBe(4);
    expect(walk.question!.x.data[0]).toBe(1);
    // σ̂ = 5, x̂ = 1 + 3·2, and down to 1 along the noise 0.5.
    const answer = read("epsilon", one(0.5), { x: one(1), at: level(4) });
    expect(walk.step(answer).data[0]).toBe(7 - 4 * 0.5);
  });
});
