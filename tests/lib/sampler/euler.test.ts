import { describe, expect, it } from "vitest";
import type { Prediction } from "../../../lib/prediction/prediction.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { posterior } from "../../../lib/sampler/freshness.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const schedule = noiseSchedule({ name: "linear" });
const steps = grid([999, 499, 99, -1].map((time) => levelAt(schedule, time)));
const start = torchGenerator(0).randn([2, 16]);
const row = (value: number) => tensor([2, 16], new Float32Array(32).fill(value));

const answer = (image: number, noise: number): Prediction => ({
  x: start,
  image: row(image),
  noise: row(noise),
  raw: row(0),
});

describe("euler", () => {
  it("asks at the start of every step, first with the sample that it was given", () => {
    const sampler = euler(start, steps);
    const asked: number[] = [];
    let turn = sampler.next();
    expect(turn.done === false && turn.value.x).toBe(start);
    for (; !turn.done; turn = sampler.next(answer(0.5, 1))) asked.push(turn.value.at.time);
    expect(asked).toEqual([999, 499, 99]);
  });

  it("mixes image and noise at the next level", () => {
    const sampler = euler(start, steps);
    sampler.next();
    const turn = sampler.next(answer(0.5, -2));
    const { alpha, sigma } = levelAt(schedule, 499);
    expect(turn.done).toBe(false);
    if (!turn.done) expect(turn.value.x.data[7]).toBeCloseTo(0.5 * alpha - 2 * sigma, 6);
  });

  it("ends at the predicted image when the last level is clean", () => {
    const sampler = euler(start, steps.slice(-1));
    sampler.next();
    const turn = sampler.next(answer(0.25, 7));
    expect(turn).toEqual({ done: true, value: row(0.25) });
  });

  it("gives the sample back when there is no step", () => {
    expect(euler(start, []).next()).toEqual({ done: true, value: start });
  });

  it("adds fresh noise, drawn once a step that has any", () => {
    const drawn: number[] = [];
    const noise = (shape: readonly number[]) => {
      drawn.push(shape.length);
      return torchGenerator(drawn.length).randn(shape);
    };
    const sampler = euler(start, steps, { freshness: posterior(1), noise });
    sampler.next();
    const turn = sampler.next(answer(0, 0));
    const { fresh } = posterior(1)(steps[0]!);
    const expected = torchGenerator(1).randn([2, 16]).data.map((value) => Math.fround(fresh * value));
    expect(turn.done === false && turn.value.x.data).toEqual(expected);
    sampler.next(answer(0, 0));
    sampler.next(answer(0, 0));
    // The last step goes to the clean picture, where no noise is.
    expect(drawn).toEqual([2, 2]);
  });

  it("says so when fresh noise has no source", () => {
    const sampler = euler(start, steps, { freshness: posterior(1) });
    sampler.next();
    expect(() => sampler.next(answer(0, 0))).toThrow(TypeError);
  });
});
