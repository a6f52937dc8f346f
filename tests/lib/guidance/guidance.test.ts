import { describe, expect, it } from "vitest";
import { extrapolated } from "../../../lib/guidance/guidance.ts";
import { answers, pictures } from "./answers.ts";

describe("extrapolated", () => {
  it.each([[0, [1, 5]], [1, [2, 3]], [3, [4, -1]]])("at scale %d says u + w·(c − u)", (scale, expected) => {
    expect([...extrapolated()(answers(pictures([2, 3]), pictures([1, 5]), scale)).data]).toEqual(expected);
  });
});
