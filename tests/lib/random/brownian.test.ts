import { describe, expect, it } from "vitest";
import { brownian } from "../../../lib/random/brownian.ts";
import { readFixture } from "../../fixtures/read.ts";

type Walk = { readonly from: number; readonly to: number; readonly walked: readonly number[] };
type Path = { seed: number; min: number; max: number; shape: readonly number[]; steps: readonly Walk[] };
const { paths } = await readFixture<{ paths: readonly Path[] }>("noise/brownian.json");

const furthest = (a: Iterable<number>, b: readonly number[]) => {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
};

describe("brownian against torchsde's BrownianTree", () => {
  const all = paths.flatMap(({ steps, ...path }) => steps.map((step) => ({ ...path, ...step })));
  it.each(all)(
    "walks from $from to $to of $min … $max with seed $seed",
    ({ seed, min, max, shape, from, to, walked }) => {
      const found = brownian(seed, { min, max })(shape, from, to);
      expect(found.shape).toEqual(shape);
      expect(furthest(found.data, walked)).toBeLessThan(1e-6 * Math.sqrt(max - min));
    },
  );
});

describe("brownian", () => {
  const interval = { min: 0.03, max: 14.6 };
  const walk = brownian(5, interval);
  const many = [20_000];
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const product = (a: Float32Array, b: Float32Array) => mean(a.map((value, i) => value * b[i]!));

  it("adds up, whatever is between, and back again", () => {
    const shape = [50];
    const once = walk(shape, 14.6, 0.03).data;
    const stops = [14.6, 11, 10.999999, 3.3, 0.4, 0.03];
    const steps = stops.slice(1).map((to, i) => walk(shape, stops[i]!, to).data);
    expect(furthest(once, Array.from(once, (_, i) => steps.reduce((sum, step) => sum + step[i]!, 0)))).toBeLessThan(
      1e-5,
    );
    expect(furthest(walk(shape, 2, 9).data, [...walk(shape, 9, 2).data].map((value) => -value))).toBe(0);
    expect(furthest(walk(shape, 2, 2).data, Array(50).fill(0))).toBe(0);
  });

  it("says the same whenever it is asked, and by whichever of two paths of one seed", () => {
    const before = walk([8], 6, 5).data;
    walk([8], 14, 1);
    expect(walk([8], 6, 5).data).toEqual(before);
    expect(brownian(5, interval)([8], 6, 5).data).toEqual(before);
    expect(brownian(6, interval)([8], 6, 5).data).not.toEqual(before);
  });

  it("walks with the variance of the time between, near and far, and independently elsewhere", () => {
    const steps = [[14.6, 9], [9, 8.9], [8.9, 2], [2, 0.03]].map(([a, b]) => ({
      time: a! - b!,
      data: walk(many, a!, b!).data,
    }));
    for (const [i, { time, data }] of steps.entries()) {
      expect(Math.abs(mean(data)) / Math.sqrt(time)).toBeLessThan(0.025);
      expect(Math.abs(product(data, data) / time - 1)).toBeLessThan(0.035);
      for (const other of steps.slice(i + 1)) {
        expect(Math.abs(product(data, other.data)) / Math.sqrt(time * other.time)).toBeLessThan(0.025);
      }
    }
  });

  it("is as rough in its smallest steps as in its large ones: halves of a step are a bridge", () => {
    const [whole, half] = [walk(many, 4, 4.002).data, walk(many, 4, 4.001).data];
    const bridge = whole.map((value, i) => half[i]! - value / 2);
    expect(Math.abs(product(bridge, bridge) / 0.0005 - 1)).toBeLessThan(0.035);
    expect(Math.abs(product(bridge, whole)) / 0.001).toBeLessThan(0.025);
  });

  it("forgives rounding at the ends, and refuses times beyond", () => {
    expect(walk([3], 14.6000001, 1).data).toEqual(walk([3], 14.6, 1).data);
    for (const time of [0, 15, NaN]) expect(() => walk([3], time, 1)).toThrow(String(time));
  });

  it("refuses an interval that is none, and a seed that is none", () => {
    expect(() => brownian(0, { min: 1, max: 1 })).toThrow(RangeError);
    expect(() => brownian(0.5, interval)).toThrow(RangeError);
  });
});
