import { describe, expect, it } from "vitest";
import { keeper } from "../../../lib/tensor/keep.ts";
import { mix } from "../../../lib/tensor/mix.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const row = (...values: number[]) => tensor([values.length], new Float32Array(values));

describe("keeper", () => {
  it("copies, mixes too, so that later changes do not reach what is kept", () => {
    const keep = keeper(2);
    const mine = row(1, 2);
    const [kept, tripled] = [keep(mine), keep(mix([3, mine]))];
    mine.data.fill(0);
    expect([...kept.data]).toEqual([1, 2]);
    expect([...tripled.data]).toEqual([3, 6]);
  });

  it("takes the memory of the oldest when it has no more", () => {
    const keep = keeper(2);
    const [first, second, third] = [keep(row(1)), keep(row(2)), keep(row(3))];
    expect(third.data).toBe(first.data);
    expect([...second.data, ...third.data]).toEqual([2, 3]);
  });

  it("takes other sizes as they come", () => {
    const keep = keeper(1);
    keep(row(1));
    expect(keep(tensor([2, 2])).shape).toEqual([2, 2]);
  });
});
