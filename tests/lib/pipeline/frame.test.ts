import { describe, expect, expectTypeOf, it } from "vitest";
import type { Frame } from "../../../lib/pipeline/frame.ts";
import { generate } from "../../../lib/pipeline/generate.ts";
import type { Level } from "../../../lib/schedule/level.ts";
import { methodOf } from "../../../lib/scheduler/catalogue.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

describe("Frame", () => {
  it("has exactly the parts that messages and events carry", async () => {
    expectTypeOf<Frame>().toEqualTypeOf<
      Readonly<{ index: number; count: number; level: Level; x: Tensor; image: Tensor; noise: Tensor }>
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
