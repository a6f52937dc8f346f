import { describe, expect, it } from "vitest";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { zip } from "../../../lib/tensor/zip.ts";

const [a, b] = [tensor([2, 1], new Float32Array([2, 3])), tensor([2, 1], new Float32Array([10, 20]))];

describe("zip", () => {
  it("makes each value from the two at its place, and changes neither", () => {
    const { data, shape } = zip(a, b, (a, b) => b - a);
    expect([...data]).toEqual([8, 17]);
    expect(shape).toEqual([2, 1]);
    expect([...a.data, ...b.data]).toEqual([2, 3, 10, 20]);
  });

  it("refuses different shapes", () => {
    expect(() => zip(a, tensor([2]), () => 0)).toThrow(/\[2,1\] and \[2\]/);
  });
});
