import { describe, expect, it } from "vitest";
import { blame, InvalidOption } from "../../../lib/pipeline/invalid_option.ts";

describe("InvalidOption", () => {
  it("is a RangeError that says which option is to blame", () => {
    const error = new InvalidOption("steps", "Cannot take 0 steps", { cause: "why" });
    expect(error).toBeInstanceOf(RangeError);
    expect([error.name, error.option, error.message, error.cause]).toEqual([
      "InvalidOption",
      "steps",
      "Cannot take 0 steps",
      "why",
    ]);
  });
});

describe("blame", () => {
  it("gives the result of a check that passes", () => {
    expect(blame("eta", () => 0)).toBe(0);
  });

  it("lays an error at an option, message and cause kept", () => {
    const cause = new TypeError("Cannot do it");
    const check = () =>
      blame("seed", () => {
        throw cause;
      });
    expect(check).toThrow(
      expect.objectContaining({ name: "InvalidOption", option: "seed", message: "Cannot do it", cause }),
    );
  });

  it("takes whatever is thrown", () => {
    const check = () =>
      blame("seed", () => {
        throw "a text";
      });
    expect(check).toThrow(expect.objectContaining({ message: "a text" }));
  });
});
