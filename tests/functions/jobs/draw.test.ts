import { InvalidOption } from "@unnoise/lib";
import { describe, expect, test } from "vitest";
import { draw, type Order, partialSteps } from "../../../functions/jobs/draw.ts";
import { slow, toy } from "../setup.ts";

const order: Order = {
  prompt: "cat",
  seeds: [1],
  steps: 4,
  guidanceScale: undefined,
  scheduler: undefined,
  eta: undefined,
  partials: 0,
};

describe("drawing", () => {
  test("gives each picture alone what it gets in company", async () => {
    const together = await Array.fromAsync(draw(toy, { ...order, seeds: [1, 2, 3] }));
    const [alone] = await Array.fromAsync(draw(toy, { ...order, seeds: [3] }));
    expect(together.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(together[2]!.png).toEqual(alone!.png);
  });

  test("refuses at once what cannot be met, even of the last picture", () => {
    expect(() => draw(toy, { ...order, seeds: [1, -1] })).toThrow(InvalidOption);
    expect(() => draw(toy, { ...order, steps: 0 })).toThrow(expect.objectContaining({ option: "steps" }));
  });

  test("stops within a step", async () => {
    const { model, calls } = slow(toy, 5);
    const stop = new AbortController();
    const run = draw(model, { ...order, steps: 100, partials: 3 }, { signal: stop.signal });
    await run.next();
    const before = calls();
    stop.abort(new Error("enough"));
    await expect(run.next()).rejects.toThrow("enough");
    expect(calls() - before).toBeLessThanOrEqual(1);
  });
});

test("partial pictures are spread evenly, differ, and leave out the last guess", () => {
  expect(partialSteps(20, 3)).toEqual([5, 10, 15]);
  for (let steps = 1; steps <= 50; steps++) {
    for (let partials = 0; partials <= 3; partials++) {
      const shown = partialSteps(steps, partials);
      expect(shown).toHaveLength(Math.min(partials, steps - 1));
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
      expect(shown.every((step) => step >= 0 && step < steps - 1)).toBe(true);
    }
  }
});
