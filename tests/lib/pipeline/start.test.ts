import { describe, expect, it } from "vitest";
import { seededNoise } from "../../../lib/pipeline/start.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";

describe("seededNoise", () => {
  it("draws each picture from its own generator", () => {
    const noise = seededNoise([7, 8, 7])([3, 1, 4, 4]);
    expect(noise.shape).toEqual([3, 1, 4, 4]);
    expect(noise.data.subarray(0, 16)).toEqual(torchGenerator(7).randn([1, 1, 4, 4]).data);
    expect(noise.data.subarray(16, 32)).toEqual(torchGenerator(8).randn([1, 1, 4, 4]).data);
    expect(noise.data.subarray(32)).toEqual(noise.data.subarray(0, 16));
  });

  it("moves every generator on with every draw", () => {
    const draw = seededNoise([7, 8]);
    const [first, second] = [draw([2, 20]), draw([2, 20])];
    const generator = torchGenerator(8);
    generator.randn([1, 20]);
    expect(second.data.subarray(20)).toEqual(generator.randn([1, 20]).data);
    expect(first.data).not.toEqual(second.data);
  });

  it("refuses a bad seed at once", () => {
    expect(() => seededNoise([1, -1])).toThrow(RangeError);
  });
});
