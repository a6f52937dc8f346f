import { describe, expect, it } from "vitest";
import { grid } from "../../../lib/schedule/grid.ts";
import { type Level, levelOf } from "../../../lib/schedule/level.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";
import { stepper } from "../../../lib/sampler/drive.ts";
import { exponentialMove } from "../../../lib/sampler/exponential_move.ts";
import { exactMoments } from "../../../lib/sampler/exponential_weights.ts";
import { exponentialRungeKutta, type RungeKuttaOptions } from "../../../lib/sampler/exponential_runge_kutta.ts";
import { drift, posterior } from "../../../lib/sampler/freshness.ts";

const level = (sigma: number) => levelOf(sigma, "variance_exploding", sigma);
const one = (value: number) => tensor([1], new Float32Array([value]));
const between = (from: Level, to: Level, share: number) => level(from.sigma ** (1 - share) * to.sigma ** share);

/** Answers every question with one image; says where it was asked and where it ended. */
function walk(steps: ReturnType<typeof grid>, options: Partial<RungeKuttaOptions>, image = 0) {
  const run = stepper(exponentialRungeKutta(one(16), steps, {
    stages: [{ places: [1 / 2], moments: exactMoments }],
    between,
    ...options,
  }));
  const asked: number[] = [];
  let x: Tensor = run.question!.x;
  while (run.question) {
    const { at, x: here } = run.question;
    asked.push(at.sigma);
    const noise = (here.data[0]! - image) / at.sigma;
    x = run.step({ x: here, image: one(image), noise: one(noise), raw: one(noise) });
  }
  return { asked, end: x.data[0] };
}

describe("exponentialRungeKutta", () => {
  it("asks at its places, and not beyond a clean end", () => {
    const steps = grid([16, 4, 1, 0].map(level));
    expect(walk(steps, {}).asked).toEqual([16, 8, 4, 2, 1]);
    const thirds = { stages: [{ places: [1 / 4, 3 / 4], moments: exactMoments }] };
    expect(walk(grid([16, 1].map(level)), thirds).asked).toEqual([16, 8, 2]);
  });

  it("takes the order that the grid allows", () => {
    const none = { places: [], moments: exactMoments };
    const half = { places: [1 / 2], moments: exactMoments };
    const steps = [[level(16), level(4), { order: 1 }], [level(4), level(1), { order: 9 }]] as const;
    expect(walk([...steps], { stages: [none, half] }).asked).toEqual([16, 4, 2]);
  });

  it("is exact for an image that stays, by images and by noises", () => {
    const steps = grid([16, 4, 1].map(level));
    expect(walk(steps, { predicts: "image" }).end).toBeCloseTo(1, 6);
    expect(walk(steps, { predicts: "noise" }).end).toBeCloseTo(1, 6);
  });

  it("draws for the whole way, for each stage, or for the parts between", () => {
    const drawn = (draws: "end" | "stages" | "parts") => {
      const asked: string[] = [];
      const noise = (_: readonly number[], from: Level, to: Level) => {
        asked.push(`${from.sigma.toFixed(2)}>${to.sigma.toFixed(2)}`);
        return one(0);
      };
      const freshness = draws === "parts" ? drift(1) : posterior(1);
      return { ...walk(grid([16, 4].map(level)), { draws, freshness, noise }), drawn: asked };
    };
    expect(drawn("end").drawn).toEqual(["16.00>4.00"]);
    // The middle lies on the way to the level that is left to be filled up: 1.
    expect(drawn("end").end).toBeCloseTo(1, 6);
    expect(drawn("stages").drawn).toEqual(["16.00>8.00", "16.00>4.00"]);
    expect(drawn("parts").drawn).toEqual(["16.00>8.00", "8.00>4.00"]);
  });

  it("adds up the noise of the parts to that of the whole", () => {
    // Noises of 1 and 0, and of 0 and 1: the squares of what they leave are the variance of the whole.
    const left = (...values: readonly number[]) => {
      const rest = [...values];
      return walk(grid([16, 4].map(level)), {
        draws: "parts",
        freshness: drift(0.7),
        noise: () => one(rest.shift()!),
      }).end!;
    };
    const still = left(0, 0);
    const { fresh } = drift(0.7)([level(16), level(4)]);
    expect((left(1, 0) - still) ** 2 + (left(0, 1) - still) ** 2).toBeCloseTo(fresh ** 2, 4);
  });

  it("weighs what it is told as the multistep move does, fresh noise included", () => {
    const [from, middle, to] = [level(16), level(8), level(4)];
    for (const [freshness, tau] of [[posterior(0), 0], [drift(1), 1]] as const) {
      const run = stepper(exponentialRungeKutta(one(16), grid([from, to]), {
        stages: [{ places: [1 / 2], moments: exactMoments }],
        between,
        freshness,
        draws: "parts",
        noise: () => one(0),
      }));
      run.step({ x: one(16), image: one(1), noise: one(1), raw: one(0) });
      const end = run.step({ x: one(8), image: one(3), noise: one(1), raw: one(0) });
      const seen = [{ at: from, guess: one(1) }, { at: middle, guess: one(3) }];
      const expected = exponentialMove(one(16), from, to, seen, { moments: exactMoments, tau: () => tau });
      expect(end.data[0]).toBeCloseTo(expected.data[0]!, 6);
    }
  });

  it("says that it lacks a source of noise", () => {
    expect(() => walk(grid([16, 4].map(level)), { freshness: posterior(1) })).toThrow(
      "Cannot add fresh noise: got no source of noise, expected one",
    );
  });
});
