import { describe, expect, it } from "vitest";
import type { Frame } from "../../../lib/pipeline/frame.ts";
import { generate } from "../../../lib/pipeline/generate.ts";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import type { Denoise } from "../../../lib/prediction/prediction.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { along } from "../../../lib/sampler/move.ts";
import type { Sampler } from "../../../lib/sampler/sampler.ts";
import type { Step } from "../../../lib/schedule/grid.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import type { Tensor } from "../../../lib/tensor/tensor.ts";

const method = methodOf({ _class_name: "DDIMScheduler", clip_sample: false, timestep_spacing: "trailing" });
const steps = method.grid(5);
const start = torchGenerator(0).randn([2, 1, 4, 4]);
const denoise: Denoise = (question) => Promise.resolve(method.predict(question.x, question));

async function collect(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const list = [];
  for await (const frame of frames) list.push(frame);
  return list;
}

describe("generate", () => {
  it("yields one frame a step and then the finished picture", async () => {
    const frames = await collect(generate({ sampler: method.sampler(start, steps), steps, denoise }));
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(frames.every(({ count }) => count === 5)).toBe(true);
    expect(frames.map(({ level }) => level.time)).toEqual([999, 799, 599, 399, 199, -1]);
    expect(frames[0]!.x).toBe(start);
  });

  it("shows in each frame the state before the step, and in the last what the last step took out", async () => {
    const frames = await collect(generate({ sampler: method.sampler(start, steps), steps, denoise }));
    for (const [i, { x, image, noise, level }] of frames.slice(0, -1).entries()) {
      const whole = addNoise(image, noise, level);
      whole.data.forEach((value, j) => expect(Math.abs(value - x.data[j]!)).toBeLessThan(1e-5));
      expect(frames[i + 1]!.x.data).toEqual(addNoise(image, noise, steps[i]![1]).data);
    }
    const last = frames.at(-1)!;
    expect(last.level.sigma).toBe(0);
    expect(last.image).toBe(last.x);
    expect(last.noise).toBe(frames.at(-2)!.noise);
    expect(last.x.data).toEqual(frames.at(-2)!.image.data);
  });

  it.each([
    "DDIMScheduler",
    "DPMSolverMultistepScheduler",
    "UniPCMultistepScheduler",
    "EulerAncestralDiscreteScheduler",
  ])(
    "comes to the same last bits whether somebody looks on or not, with %s",
    async (_class_name) => {
      const method = methodOf({ _class_name, prediction_type: "v_prediction", timestep_spacing: "trailing" });
      const steps = method.grid(7);
      const walk = async (look: (frame: Frame) => void) => {
        const sampler = method.sampler(start, steps, { noise: torchGenerator(1).randn });
        const denoise: Denoise = (question) => {
          const { x } = question;
          return Promise.resolve(method.predict({ ...x, data: x.data.map((value) => Math.sin(3 * value)) }, question));
        };
        let last: Frame | undefined;
        for await (const frame of generate({ sampler, steps, denoise })) look(last = frame);
        return [...last!.x.data];
      };
      const seen: number[] = [];
      const watched = await walk(({ image, noise }) => seen.push(image.data[0]!, noise.data[0]!));
      expect(seen).toHaveLength(16);
      expect(watched).toEqual(await walk(() => {}));
    },
  );

  it("shows one frame a step, too, where steps ask twice or skip the second question", async () => {
    function* heun(x: Tensor, steps: readonly Step[]): Sampler {
      for (const [from, to] of steps) {
        const here = yield { x, at: from };
        if (to.sigma > 0) yield { x: along(here.x, here.noise, from, to), at: to };
        x = along(here.x, here.noise, from, to);
      }
      return x;
    }
    for (const taken of [0, 2]) {
      const left = steps.slice(taken);
      const questions = left.flatMap(([from, to]) => to.sigma > 0 ? [from, to] : [from]);
      const run = generate({ sampler: heun(start, left), steps: left, questions, taken, denoise });
      const plain = generate({ sampler: method.sampler(start, left), steps: left, taken, denoise });
      const [frames, expected] = [await collect(run), await collect(plain)];
      expect(frames.map(({ index, count, level }) => [index, count, level.time]))
        .toEqual(expected.map(({ index, count, level }) => [index, count, level.time]));
      frames.at(-1)!.x.data.forEach((value, i) => expect(value).toBeCloseTo(expected.at(-1)!.x.data[i]!, 4));
    }
  });

  it("asks no further once nobody listens", async () => {
    let asked = 0;
    const counting: Denoise = (question) => {
      asked++;
      return denoise(question);
    };
    for await (const { index } of generate({ sampler: method.sampler(start, steps), steps, denoise: counting })) {
      if (index === 1) break;
    }
    expect(asked).toBe(2);
  });

  it("stops with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const frames = generate({ sampler: method.sampler(start, steps), steps, denoise, signal: controller.signal });
    await frames.next();
    controller.abort(reason);
    await expect(frames.next()).rejects.toBe(reason);
  });
});
