import { describe, expect, it } from "vitest";
import { classifierFree } from "../../../lib/guidance/classifier_free.ts";
import type { Network } from "../../../lib/prediction/prediction.ts";
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
});
