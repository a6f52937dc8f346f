import { describe, expect, expectTypeOf, it } from "vitest";
import { finished, type Frame } from "../../../lib/pipeline/frame.ts";
import { generate } from "../../../lib/pipeline/generate.ts";
import type { Level } from "../../../lib/schedule/level.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

describe("Frame", () => {
  it("has exactly the parts that messages and events carry", async () => {
    expectTypeOf<Frame>().toEqualTypeOf<
      Readonly<
        { index: number; count: number; level: Level; x: Tensor; image: Tensor; noise: Tensor; picture?: Tensor }
      >
    >();
    const method = methodOf({ _class_name: "DDIMScheduler" });
    const steps = method.grid(1);
    const sampler = method.sampler(tensor([1, 1, 2, 2]), steps);
    const denoise = (question: Parameters<typeof method.predict>[1]) => {
      return Promise.resolve(method.predict(question.x, question));
    };
    for await (const frame of generate({ sampler, steps, denoise })) {
      expect(Object.keys(frame).sort()).toEqual(["count", "image", "index", "level", "noise", "x"]);
      expect(structuredClone(frame)).toEqual(frame);
    }
  });
});

describe("finished", () => {
  const still = { index: 0, count: 1, level: { time: 0, alpha: 1, sigma: 0 }, x: tensor([1]), noise: tensor([1]) };

  async function* run(...pictures: readonly (Tensor | undefined)[]): AsyncGenerator<Frame> {
    for (const picture of pictures) yield { ...still, image: tensor([1]), ...(picture && { picture }) };
  }

  it("gives the picture of the last frame", async () => {
    const last = tensor([1], new Float32Array([7]));
    expect(await finished(run(undefined, tensor([1]), last))).toBe(last);
  });

  it("refuses a run whose last frame shows none", async () => {
    await expect(finished(run(tensor([1]), undefined))).rejects.toThrow(TypeError);
    await expect(finished(run())).rejects.toThrow(/found no picture/);
  });
});
