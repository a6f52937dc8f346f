import { describe, expect, it } from "vitest";
import { checkedSeed } from "../../../lib/random/seed.ts";

describe("checkedSeed", () => {
  it.each([0, 1, 2 ** 53 - 1])("takes %d", (seed) => expect(checkedSeed(seed)).toBe(seed));

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53])("refuses %d and names the largest", (seed) => {
    expect(() => checkedSeed(seed)).toThrow(`found ${seed}, expected a whole number from 0 to 2⁵³ − 1`);
  });

  it("keeps to the largest that it is given", () => {
    expect(checkedSeed(2 ** 32 - 1, 2 ** 32 - 1)).toBe(2 ** 32 - 1);
    expect(() => checkedSeed(2 ** 32, 2 ** 32 - 1)).toThrow("2³² − 1");
  });
});
