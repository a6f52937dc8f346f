import { describe, expect, it } from "vitest";
import { zeroStar } from "../../../lib/guidance/zero_star.ts";
import { answers, pictures } from "./answers.ts";

describe("zeroStar", () => {
  it("leaves of the difference only what is at right angles to u, so that more u changes nothing", () => {
    for (const length of [1, -3, 20]) {
      const { data } = zeroStar()()(answers(pictures([2, 1]), pictures([length, 0]), 3));
      expect(data[0]).toBeCloseTo(2, 6);
      expect(data[1]).toBeCloseTo(3, 6);
    }
  });

  it("says nothing above a level of noise", () => {
    const both = answers(pictures([2, 1]), pictures([1, 0]), 3);
    expect([...zeroStar({ above: 1.9 })()(both).data]).toEqual([0, 0]);
    expect(zeroStar({ above: 2 })()(both).data[1]).toBe(3);
  });

  it("hands the answers on to another rule", () => {
    const both = answers(pictures([2, 1]), pictures([4, 0]), 3);
    const { data } = zeroStar({ guidance: () => ({ unconditional }) => unconditional })()(both);
    expect(data[0]).toBeCloseTo(2, 6);
  });
});
