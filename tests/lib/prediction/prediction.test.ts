import { describe, expect, expectTypeOf, it } from "vitest";
import type { Ask, Denoise, Network, Prediction, Question } from "../../../lib/prediction/prediction.ts";
import { read } from "../../../lib/prediction/read.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

describe("the types of a prediction", () => {
  it("fit together: a network that is asked and read denoises", async () => {
    const network: Network<number> = ({ x }, conditions) => {
      return Promise.resolve(conditions.map((value) => tensor(x.shape, new Float32Array(x.data.length).fill(value))));
    };
    const ask: Ask = async (question) => (await network(question, [0.5]))[0]!;
    const denoise: Denoise = async (question) => read("epsilon", await ask(question), question);
    const question: Question = { x: tensor([1], new Float32Array([2])), at: { time: 0, alpha: 1, sigma: 1 } };
    const prediction = await denoise(question);
    expect(prediction.image.data[0]).toBe(1.5);
    expect(prediction.noise.data[0]).toBe(0.5);
  });

  it("are read-only", () => {
    expectTypeOf<Prediction>().toEqualTypeOf<Readonly<Prediction>>();
    expectTypeOf<Question>().toEqualTypeOf<Readonly<Question>>();
    expectTypeOf<Prediction["image"]>().toEqualTypeOf<Tensor>();
  });
});
