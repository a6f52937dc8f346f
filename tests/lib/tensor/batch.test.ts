import { describe, expect, it } from "vitest";
import { concatenate, unstack } from "../../../lib/tensor/batch.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

describe("concatenate", () => {
  it("joins along the first axis, in order", () => {
    const joined = concatenate([
      tensor([1, 2], new Float32Array([1, 2])),
      tensor([2, 2], new Float32Array([3, 4, 5, 6])),
    ]);
    expect(joined.shape).toEqual([3, 2]);
    expect([...joined.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("copies, so that the whole does not change with a part", () => {
    const part = tensor([1], new Float32Array([1]));
    const joined = concatenate([part]);
    part.data[0] = 9;
    expect(joined.data[0]).toBe(1);
  });

  it("refuses an empty list", () => {
    expect(() => concatenate([])).toThrow(RangeError);
  });

  it.each([[[1, 3], [1, 2]], [[1, 2], [1, 2, 1]], [[1, 2, 3], [1, 3, 2]]])(
    "refuses shapes %j and %j, and names both",
    (a, b) => {
      expect(() => concatenate([tensor(a), tensor(b)])).toThrow(new RegExp(`\\[${a}\\].*\\[${b}\\]`));
    },
  );
});

describe("unstack", () => {
  it("gives each item a leading axis of 1", () => {
    const items = unstack(tensor([3, 1, 2], new Float32Array([1, 2, 3, 4, 5, 6])));
    expect(items.map((item) => item.shape)).toEqual([[1, 1, 2], [1, 1, 2], [1, 1, 2]]);
    expect(items.map((item) => [...item.data])).toEqual([[1, 2], [3, 4], [5, 6]]);
  });

  it("is undone by concatenate", () => {
    const whole = tensor([4, 2, 3], Float32Array.from({ length: 24 }, (_, i) => i));
    expect(concatenate(unstack(whole))).toEqual(whole);
  });

  it("gives nothing for an empty batch", () => {
    expect(unstack(tensor([0, 5]))).toEqual([]);
  });
});
