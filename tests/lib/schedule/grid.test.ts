import { describe, expect, it } from "vitest";
import { grid } from "../../../lib/schedule/grid.ts";

const level = (time: number) => ({ time, alpha: 1, sigma: time });

describe("grid", () => {
  it("pairs neighbours", () => {
    const steps = grid([level(3), level(2), level(1)]);
    expect(steps.map(([from, to]) => [from.time, to.time])).toEqual([[3, 2], [2, 1]]);
  });

  it("lets each step begin where the one before it ends", () => {
    const steps = grid([level(5), level(4), level(2), level(-1)]);
    expect(steps.slice(1).every(([from], i) => from === steps[i]![1])).toBe(true);
  });

  it("has no step for one level or none", () => {
    expect(grid([level(1)])).toEqual([]);
    expect(grid([])).toEqual([]);
  });
});
