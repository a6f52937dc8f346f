import { describe, expect, it } from "vitest";
import { tangential } from "../../../lib/guidance/tangential.ts";
import { answers, pictures } from "./answers.ts";

const unconditionalOf = tangential(() => ({ unconditional }) => unconditional)();

describe("tangential", () => {
  it("keeps an answer that points the same way, and drops one at right angles to a longer one", () => {
    expect([...unconditionalOf(answers(pictures([3, 0]), pictures([2, 0]), 1)).data]).toEqual([2, 0]);
    expect([...unconditionalOf(answers(pictures([3, 0]), pictures([0, 2]), 1)).data]).toEqual([0, 0]);
  });

  it("projects each picture onto the direction that both answers share most", () => {
    const { data } = unconditionalOf(answers(pictures([1, 2], [0, 0]), pictures([2, 1], [0, 0]), 1));
    [1.5, 1.5, 0, 0].forEach((value, i) => expect(data[i]).toBeCloseTo(value, 6));
  });
});
