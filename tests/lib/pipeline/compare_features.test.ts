import { describe, expect, it } from "vitest";
import { featureStatistics, frechetDistance } from "../../../lib/metrics/frechet.ts";
import { compareFeatures } from "../../../lib/pipeline/compare_features.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";
import { noise } from "../../fixtures/metrics/metrics.ts";

const real = noise([400, 6], 1);
const shifted = tensor([150, 6], noise([150, 6], 2).data.map((value) => value + 1));

describe("compareFeatures", () => {
  it("measures all against all, and both kinds over as many pictures", () => {
    const { distance, features, yardstick } = compareFeatures(shifted, real);
    expect(distance).toBe(frechetDistance(featureStatistics(shifted), featureStatistics(real)));
    expect([features, yardstick!.count]).toEqual([6, 150]);
    expect(yardstick!.real).toBeLessThan(0.5);
    expect(yardstick!.generated).toBeGreaterThan(4);
  });

  it("does not halve sets where they are sorted", () => {
    const sorted = tensor(real.shape, real.data.map((value, i) => value + (i < real.data.length / 2 ? 0 : 9)));
    expect(compareFeatures(shifted, sorted).yardstick!.real).toBeLessThan(3);
  });

  it("does without halves where there are none to speak of", () => {
    const few = tensor([3, 6], real.data.slice(0, 18));
    expect(compareFeatures(shifted, few).yardstick).toBeUndefined();
  });
});
