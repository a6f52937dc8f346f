import { describe, expect, it } from "vitest";
import { nearestIn } from "../../../lib/metrics/nearest.ts";
import { searchTraining } from "../../../lib/pipeline/search_training.ts";
import { noise } from "../../fixtures/metrics/metrics.ts";

const [pictures, training] = [noise([9, 1, 4, 4], 1), noise([20, 1, 4, 4], 2)];

describe("searchTraining", () => {
  it("finds what the search finds in one go, and tells how far it is", async () => {
    const told: number[][] = [];
    const found = await searchTraining(pictures, training, { onProgress: (...numbers) => told.push(numbers) });
    expect(found).toEqual(nearestIn(training)(pictures));
    expect(told).toEqual(found.map((_, i) => [i + 1, 9]));
  });

  it("lets an abort through that comes while it works", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let done = 0;
    setTimeout(() => controller.abort(reason));
    const search = searchTraining(pictures, training, {
      onProgress: (count) => done = count,
      signal: controller.signal,
    });
    await expect(search).rejects.toBe(reason);
    expect(done).toBeLessThan(9);
  });
});
