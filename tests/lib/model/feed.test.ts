import { describe, expect, it } from "vitest";
import { feed } from "../../../lib/model/feed.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const values = tensor([2], new Float32Array([1.4, 2.6]));

describe("feed", () => {
  it.each([
    ["float32", new Float32Array([1.4, 2.6])],
    ["int64", BigInt64Array.of(1n, 3n)],
    ["int32", Int32Array.of(1, 3)],
  ])("gives an input of type %s what it takes", (type, data) => {
    expect(feed({ name: "a", type, shape: ["batch"] }, values)).toEqual({ type, data, shape: [2] });
  });

  it("gives a scalar the first value", () => {
    expect(feed({ name: "a", type: "int64", shape: [] }, values)).toEqual({
      type: "int64",
      data: BigInt64Array.of(1n),
      shape: [],
    });
  });

  it("names an input that it cannot fill", () => {
    expect(() => feed({ name: "a", type: "string", shape: [] }, values)).toThrow(/"a".*string/);
  });
});
