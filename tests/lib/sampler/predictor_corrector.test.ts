import { describe, expect, it } from "vitest";
import { predictorCorrector } from "../../../lib/sampler/predictor_corrector.ts";
import type { Step } from "../../../lib/schedule/grid.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const two = (a: number, b: number) => tensor([1, 2], new Float32Array([a, b]));
const level = (sigma: number) => ({ time: sigma, alpha: 1, sigma });
const levels = [level(2), level(1), level(0)] as const;
const steps: readonly Step[] = [[levels[0], levels[1]], [levels[1], levels[2]]];
const predictor = ([from, to]: Step) => ({ grow: 1.5, variance: from.sigma ** 2 - to.sigma ** 2 });
const answer = (x: ReturnType<typeof two>, noise: ReturnType<typeof two>) => ({ x, raw: noise, image: x, noise });

describe("predictorCorrector", () => {
  it("asks to correct, then to predict, at the same level", () => {
    const sampler = predictorCorrector(two(0, 0), steps, {
      predictor,
      corrections: 2,
      snr: 0.1,
      noise: () => two(1, 1),
    });
    const asked: unknown[] = [];
    for (let turn = sampler.next(); !turn.done; turn = sampler.next(answer(two(1, 1), two(1, 1)))) {
      asked.push(turn.value.at);
    }
    expect(asked).toEqual([2, 2, 2, 1, 1, 1].map(level));
    // A step is found by the level itself, which is asked about once.
    expect(asked.lastIndexOf(levels[1])).toBe(3);
  });

  it("corrects by a length that the norms decide", () => {
    const sampler = predictorCorrector(two(0, 0), steps, {
      predictor,
      corrections: 1,
      snr: 0.5,
      noise: () => two(6, 8),
    });
    sampler.next();
    // ‖z‖ = 10 and ‖s‖ = ‖noise‖/σ = 2.5.
    const turn = sampler.next(answer(two(1, 1), two(3, 4)));
    const length = 2 * (0.5 * 10 / 2.5) ** 2;
    const expected = 1 - length * 3 / 2 + Math.sqrt(2 * length) * 6;
    expect(!turn.done && turn.value.x.data[0]).toBeCloseTo(expected, 4);
  });

  it("adds no noise at a clean end", () => {
    const sampler = predictorCorrector(two(0, 0), steps.slice(1), { predictor, noise: () => two(NaN, NaN) });
    sampler.next();
    const turn = sampler.next(answer(two(1, 2), two(3, 4)));
    expect(turn.done && Array.from(turn.value.data)).toEqual([1.5 - 3, 3 - 4]);
  });
});
