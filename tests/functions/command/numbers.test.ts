import { describe, expect, test } from "vitest";
import { decimal, whole } from "../../../functions/command/numbers.ts";

describe("a number on the command line", () => {
  test.each([["0", 0], ["1.5", 1.5], ["-2", -2], ["1e3", 1000], [" 7 ", 7]])("may be %j", (text, number) => {
    expect(decimal("eta")(text)).toBe(number);
  });

  test.each(["", " ", "many", "NaN", "Infinity", "1,5", "5 steps"])("is not %j", (text) => {
    expect(() => decimal("eta")(text)).toThrow(
      new RangeError(`Cannot use --eta: found ${JSON.stringify(text)}, expected a number`),
    );
  });

  test.each([
    [decimal("x", { least: 0, most: 1 }), "1.1", "a number from 0 to 1"],
    [decimal("x", { least: 0 }), "-0.1", "a number of 0 or more"],
    [whole("x"), "2.5", "a whole number of 0 or more"],
    [whole("x"), "-1", "a whole number of 0 or more"],
    [whole("x"), "9007199254740992", "a whole number of 0 or more"],
    [whole("x", { least: 1, most: 100 }), "0", "a whole number from 1 to 100"],
    [whole("x", { least: 1, most: 100 }), "101", "a whole number from 1 to 100"],
  ])("out of its range is refused by name", (read, text, expected) => {
    expect(() => read(text)).toThrow(new RangeError(`Cannot use --x: found "${text}", expected ${expected}`));
  });

  test.each([["0", 0], ["9007199254740991", 2 ** 53 - 1]])("may be whole: %s", (text, number) => {
    expect(whole("x")(text)).toBe(number);
  });
});
