import { describe, expect, it } from "vitest";
import { between, unread } from "../../../lib/model/prompt.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const told = (...values: number[]) => ({
  encoder_hidden_states: tensor([1, values.length, 1], new Float32Array(values)),
});

describe("between", () => {
  it("is the one end at 0, the other at 1, and on the line between them", () => {
    const at = (amount: number) => [...between(told(0, 8), told(4, 0), amount)["encoder_hidden_states"]!.data];
    expect(at(0)).toEqual([0, 8]);
    expect(at(1)).toEqual([4, 0]);
    expect(at(0.25)).toEqual([1, 6]);
  });

  it("refuses conditions of different kinds or shapes", () => {
    expect(() => between(told(0), told(0, 1), 0.5)).toThrow(RangeError);
    expect(() => between(told(0), {}, 0.5)).toThrow(/encoder_hidden_states/);
  });
});

describe("unread", () => {
  const prompt = { text: "a cat", ids: [1], weights: [1], unknown: [], dropped: "" };

  it("has nothing to say of a prompt that was read", () => {
    expect(unread(prompt)).toEqual([]);
  });

  it("names unknown words and what did not fit, and never says more than fits a line", () => {
    const text = "cat ".repeat(10_000);
    expect(unread({ ...prompt, text, unknown: ["blorp", "zirp"], dropped: text })).toEqual([
      'The model has never seen "blorp", "zirp": it will guess',
      `The prompt is too long: "${text.slice(0, 60)}…" of "${text.slice(0, 60)}…" was left out`,
    ]);
  });
});
