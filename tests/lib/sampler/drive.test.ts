import { describe, expect, it } from "vitest";
import type { Denoise, Prediction } from "../../../lib/prediction/prediction.ts";
import { read } from "../../../lib/prediction/read.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { sample, stepper } from "../../../lib/sampler/drive.ts";
import { euler } from "../../../lib/sampler/euler.ts";
import { posterior } from "../../../lib/sampler/freshness.ts";
import { grid } from "../../../lib/schedule/grid.ts";
import { levelAt } from "../../../lib/schedule/level.ts";
import { noiseSchedule } from "../../../lib/schedule/noise_schedule.ts";
import { settle } from "../../../lib/tensor/mix.ts";

const schedule = noiseSchedule({ name: "linear" });
const steps = grid([999, 700, 400, 100, -1].map((time) => levelAt(schedule, time)));
const start = torchGenerator(0).randn([1, 20]);
const sampler = () => euler(start, steps, { freshness: posterior(0.5), noise: torchGenerator(1).randn });
const predict = (question: Parameters<Denoise>[0]): Prediction => read("v_prediction", question.x, question);
const denoise: Denoise = (question) => Promise.resolve(predict(question));

async function finish(run: ReturnType<typeof sample>) {
  let turn = await run.next();
  while (!turn.done) turn = await run.next();
  return turn.value;
}

describe("sample", () => {
  it("yields each question with its answer", async () => {
    const times: number[] = [];
    for await (const { at, x, image, noise, raw } of sample(sampler(), denoise)) {
      times.push(at.time);
      const answer = predict({ x, at });
      expect([image.data, noise.data]).toEqual([answer.image.data, answer.noise.data]);
      expect(raw).toBe(x);
    }
    expect(times).toEqual([999, 700, 400, 100]);
  });

  it("makes the same end as stepping by hand", async () => {
    const walk = stepper(sampler());
    let x = start;
    while (walk.question !== undefined) x = settle(walk.step(predict(walk.question)));
    expect((await finish(sample(sampler(), denoise))).data).toEqual(x.data);
  });

  it("hands the signal to the network", async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const listening: Denoise = (question, signal) => {
      seen.push(signal);
      return denoise(question);
    };
    await finish(sample(sampler(), listening, { signal }));
    expect(seen).toEqual([signal, signal, signal, signal]);
  });

  it("stops between two questions when aborted, with the signal's reason", async () => {
    const controller = new AbortController();
    let asked = 0;
    const counting: Denoise = (question) => {
      asked++;
      return denoise(question);
    };
    const run = sample(sampler(), counting, { signal: controller.signal });
    await run.next();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(run.next()).rejects.toBe(reason);
    expect(asked).toBe(1);
  });

  it("does not ask at all when aborted before", async () => {
    const asked: unknown[] = [];
    const run = sample(sampler(), (question) => (asked.push(question), denoise(question)), {
      signal: AbortSignal.abort(),
    });
    await expect(run.next()).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it("throws away an answer that comes after the abort", async () => {
    const controller = new AbortController();
    const late: Denoise = (question) => {
      controller.abort();
      return denoise(question);
    };
    await expect(sample(sampler(), late, { signal: controller.signal }).next()).rejects.toThrow();
  });

  it("passes the network's error on", async () => {
    const broken: Denoise = () => Promise.reject(new Error("out of memory"));
    await expect(sample(sampler(), broken).next()).rejects.toThrow("out of memory");
  });
});

describe("stepper", () => {
  it("holds the question that waits, and none when done", () => {
    const walk = stepper(sampler());
    for (const [from] of steps) {
      expect(walk.question?.at).toBe(from);
      const x = walk.step(predict(walk.question!));
      expect(x).toBe(walk.question?.x ?? x);
    }
    expect(walk.question).toBeUndefined();
  });

  it("refuses a prediction too many", () => {
    const walk = stepper(euler(start, []));
    expect(() => walk.step(predict({ x: start, at: steps[0]![0] }))).toThrow(RangeError);
  });
});
