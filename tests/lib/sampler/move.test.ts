import { describe, expect, it } from "vitest";
import { addNoise } from "../../../lib/prediction/add_noise.ts";
import { along, lambdaStep, toward } from "../../../lib/sampler/move.ts";
import { levelOf, pathNames } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));

describe.each(pathNames)("on the path %s", (path) => {
  const [from, to, clean] = [levelOf(0.9, path, 9), levelOf(0.3, path, 3), levelOf(0, path, -1)];
  const [image, noise] = [one(0.7), one(-1.2)];

  it("the true image and the true noise lead to the same place, which is on the way", () => {
    const x = addNoise(image, noise, from);
    const expected = addNoise(image, noise, to).data[0]!;
    expect(toward(x, image, from, to).data[0]).toBeCloseTo(expected, 6);
    expect(along(x, noise, from, to).data[0]).toBeCloseTo(expected, 6);
  });

  it("a clean end is the image itself, whatever x is", () => {
    expect(toward(one(99), image, from, clean).data[0]).toBe(image.data[0]);
  });

  it("steps add up, and the last is infinitely long", () => {
    const between = levelOf(0.5, path, 5);
    expect(lambdaStep(from, between) + lambdaStep(between, to)).toBeCloseTo(lambdaStep(from, to), 12);
    expect(lambdaStep(from, to)).toBeGreaterThan(0);
    expect(lambdaStep(to, clean)).toBe(Infinity);
  });
});
