import { describe, expect, it } from "vitest";
import { threshold } from "../../../lib/prediction/threshold.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const image = (...values: number[]) => tensor([1, values.length], new Float32Array(values));

describe("threshold", () => {
  it("divides by the size that the given share of values stays within, between two values if need be", () => {
    expect([...threshold(image(-4, 1, 2, 0), { ratio: 1, max: 10 }).data]).toEqual([-1, 0.25, 0.5, 0]);
    expect([...threshold(image(-4, 1, 2, 0), { ratio: 0.5, max: 10 }).data].map((value) => value * 1.5))
      .toEqual([-1.5, 1, 1.5, 0].map((value) => expect.closeTo(value, 6)));
  });

  it("only clips an image that is in range", () => {
    expect([...threshold(image(-0.5, 0.25), { ratio: 0.9, max: 10 }).data]).toEqual([-0.5, 0.25]);
  });

  it("divides by no more than the maximum, even where that is below 1", () => {
    expect([...threshold(image(-8, 1), { ratio: 1, max: 2 }).data]).toEqual([-1, 0.5]);
    expect([...threshold(image(-8, 0.25), { ratio: 1, max: 0.5 }).data]).toEqual([-1, 0.5]);
  });

  it("takes each image of a batch by itself, and leaves it as it was", () => {
    const batch = tensor([2, 2], new Float32Array([-4, 2, 0.5, 3]));
    expect([...threshold(batch, { ratio: 1, max: 10 }).data]).toEqual([-1, 0.5, expect.closeTo(1 / 6), 1]);
    expect([...batch.data]).toEqual([-4, 2, 0.5, 3]);
  });
});
