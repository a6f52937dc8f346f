import { describe, expect, it } from "vitest";
import { rescaled } from "../../../lib/guidance/rescaled.ts";
import { answers, pictures } from "./answers.ts";

describe("rescaled", () => {
  const both = answers(pictures([-1, 1], [0, 4]), pictures([0, 0], [0, 0]), 3);

  it("brings each picture's deviation back, by the amount", () => {
    expect([...rescaled(1)()(both).data]).toEqual([-1, 1, 0, 4]);
    expect([...rescaled(0.5)()(both).data]).toEqual([-2, 2, 0, 8]);
    expect([...rescaled(0)()(both).data]).toEqual([-3, 3, 0, 12]);
  });

  it("leaves an answer that does not vary as it is", () => {
    expect([...rescaled(1, () => () => pictures([2, 2], [0, 0]))()(both).data]).toEqual([2, 2, 0, 0]);
  });
});
