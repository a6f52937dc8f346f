import { describe, expect, it } from "vitest";
import { classifierFree, guided } from "../../../lib/guidance/classifier_free.ts";
import type { Network } from "../../../lib/prediction/prediction.ts";
import { read } from "../../../lib/prediction/read.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const question = { x: tensor([2]), at: { time: 3, alpha: 0.6, sigma: 0.8 } };

/** A network that says its condition, and remembers what it was asked. */
function parrot() {
  const calls: { readonly conditions: readonly number[]; readonly signal: AbortSignal | undefined }[] = [];
  const network: Network<number> = (_, conditions, signal) => {
    calls.push({ conditions, signal });
    return Promise.resolve(conditions.map((condition) => tensor([2], new Float32Array([condition, -condition]))));
  };
  return { network, calls };
}

describe("classifierFree", () => {
  it.each([[0, 1], [0.5, 2], [2, 5], [7.5, 16]])("at scale %d says u + w·(c − u)", async (scale, expected) => {
    const { network, calls } = parrot();
    const raw = await classifierFree(network, { condition: 3, unconditional: 1, scale })(question);
    expect([...raw.data]).toEqual([expected, -expected]);
    expect(calls.map(({ conditions }) => conditions)).toEqual([[1, 3]]);
  });

  it("asks once a question, and only with the condition at scale 1", async () => {
    const { network, calls } = parrot();
    const raw = await classifierFree(network, { condition: 3, unconditional: 1, scale: 1 })(question);
    expect([...raw.data]).toEqual([3, -3]);
    expect(calls.map(({ conditions }) => conditions)).toEqual([[3]]);
  });

  it("hands the signal on, guided or not", async () => {
    const { network, calls } = parrot();
    const { signal } = new AbortController();
    for (const scale of [1, 2]) {
      await classifierFree(network, { condition: 3, unconditional: 1, scale })(question, signal);
    }
    expect(calls.map(({ signal }) => signal)).toEqual([signal, signal]);
  });

  it("takes another scale at each level, and asks once where it is 1", async () => {
    const { network, calls } = parrot();
    const ask = classifierFree(network, { condition: 3, unconditional: 1, scale: ({ time }) => time });
    const at = (time: number) => ({ ...question, at: { ...question.at, time } });
    expect([(await ask(at(4))).data[0], (await ask(at(1))).data[0]]).toEqual([9, 3]);
    expect(calls.map(({ conditions }) => conditions.length)).toEqual([2, 1]);
  });

  it("guides by another rule, which starts once for each guided network", async () => {
    const { network } = parrot();
    let runs = 0;
    const guidance = () => {
      runs++;
      return () => tensor([2]);
    };
    const ask = classifierFree(network, { condition: 3, unconditional: 1, scale: 2, guidance });
    expect([...(await ask(question)).data, ...(await ask(question)).data]).toEqual([0, 0, 0, 0]);
    expect(runs).toBe(1);
  });
});

describe("guided", () => {
  const options = {
    condition: 3,
    unconditional: 1,
    read: (raw: Parameters<typeof read>[1], asked: typeof question) => read("epsilon", raw, asked),
  };

  it("reads the guided answer, and holds the noise without guidance", async () => {
    const { raw, noise, image, unconditional } = await guided(parrot().network, { ...options, scale: 2 })(question);
    expect([raw.data[0], noise.data[0], unconditional?.data[0]]).toEqual([5, 5, 1]);
    expect(image.data[0]).toBeCloseTo(-5 * 0.8 / 0.6, 5);
  });

  it("has no noise without guidance at scale 1, unless it is told to ask for both", async () => {
    expect(await guided(parrot().network, { ...options, scale: 1 })(question)).not.toHaveProperty("unconditional");
    const both = await guided(parrot().network, { ...options, scale: 1, both: true })(question);
    expect([both.noise.data[0], both.unconditional?.data[0]]).toEqual([3, 1]);
  });
});
