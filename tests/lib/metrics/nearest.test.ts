import { describe, expect, it } from "vitest";
import { nearestIn } from "../../../lib/metrics/nearest.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { golden, noise } from "../../fixtures/metrics/metrics.ts";

describe("nearestIn", () => {
  it.each(golden.nearest)("finds in $total of $shape what SciPy's distances say", (each) => {
    const { count, total, shape } = each;
    const found = nearestIn(noise([total, ...shape], 4))(noise([count, ...shape], 3));
    expect(found.map(({ index }) => index)).toEqual(each.index);
    found.forEach(({ distance, crowd }, i) => {
      expect(distance).toBeCloseTo(each.distance[i]!, 5);
      expect(crowd).toBeCloseTo(each.crowd[i]!, 5);
    });
  });

  it("finds every picture of the set in the set, the first where there are two", () => {
    const { data } = noise([30, 50], 1);
    const twice = tensor([60, 50], new Float32Array([...data, ...data]));
    const found = nearestIn(twice)(tensor([30, 50], data));
    expect(found.map(({ index }) => index)).toEqual(found.map((_, i) => i));
    expect(found.every(({ distance }) => distance === 0)).toBe(true);
  });

  it("loses none of flat pictures, of which the sums of stretches say all", () => {
    const flat = (greys: readonly number[]) => {
      const data = Float32Array.from({ length: greys.length * 20 }, (_, i) => greys[Math.floor(i / 20)]! / 1024);
      return tensor([greys.length, 20], data);
    };
    const greys = Array.from({ length: 401 }, (_, i) => i * 173 % 401);
    const apart = [0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75, 4.25];
    const [found] = nearestIn(flat(greys))(flat([200.25]));
    expect(found!.index).toBe(greys.indexOf(200));
    expect(found!.distance).toBeCloseTo(0.25 * Math.sqrt(20) / 1024, 12);
    expect(found!.crowd).toBeCloseTo(apart.reduce((sum, by) => sum + by, 0) / apart.length * Math.sqrt(20) / 1024, 12);
  });

  it("refuses an empty set, and pictures of another size", () => {
    expect(() => nearestIn(tensor([0, 1, 2, 2]))).toThrow("it is empty, expected at least one");
    expect(() => nearestIn(tensor([3, 1, 2, 2]))(tensor([1, 1, 2, 3]))).toThrow(
      "Cannot find the nearest picture: found shape [1,2,3] and a set of shape [1,2,2], expected equal ones",
    );
  });
});
