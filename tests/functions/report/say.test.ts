import { describe, expect, it } from "vitest";
import { decimals, percent } from "../../../functions/report/say.ts";

describe("percent", () => {
  it.each([[0, "0 %"], [1, "100 %"], [0.5, "50 %"], [0.9754, "97.5 %"], [0.9999, "> 99.9 %"], [0.0001, "< 0.1 %"]])(
    "says %s as %s",
    (share, text) => expect(percent(share).replaceAll("\u00a0", " ")).toBe(text),
  );
});

describe("decimals", () => {
  it("rounds, and knows infinity", () => {
    expect([decimals(1.005), decimals(0.12345, 3), decimals(Infinity)]).toEqual(["1.00", "0.123", "∞"]);
  });
});
