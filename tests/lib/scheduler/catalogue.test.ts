import { describe, expect, it } from "vitest";
import { catalogue } from "../../../lib/scheduler/catalogue.ts";
import { methodOf } from "../../../lib/scheduler/method.ts";
import { createScheduler } from "../../../lib/scheduler/scheduler.ts";
import { type Golden, goldensOf } from "../../fixtures/schedulers/golden.ts";

describe("catalogue", () => {
  it("has one row a name and a class", () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map(({ className }) => className)).size).toBe(catalogue.length);
    expect(catalogue.map(({ name }) => name)).toEqual(expect.arrayContaining(["ddpm", "ddim", "euler"]));
  });
});

describe.each(catalogue)("the row $name", ({ name, className, title, source, options, eta }) => {
  it("names its paper", () => {
    expect(title).not.toBe("");
    expect(source).toMatch(/\d{4}, arXiv:\d{4}\.\d{5}/);
  });

  it("has goldens of the very class", async () => {
    const goldens: readonly Golden[] = await goldensOf(name as "ddpm");
    expect(new Set(goldens.map(({ config }) => config._class_name))).toEqual(new Set([className]));
    expect(goldens.length).toBeGreaterThan(80);
  });

  it("runs with its defaults alone", () => {
    const scheduler = createScheduler({ _class_name: className });
    scheduler.setTimesteps(10);
    expect(scheduler.timesteps.length).toBe(10);
    expect(scheduler.sigmas.length).toBe(11);
    expect(scheduler.sigmas.every((sigma, i, all) => i === 0 || sigma < all[i - 1]!)).toBe(true);
  });

  it("reads its options, each with a default that it accepts itself", () => {
    expect(() => methodOf({ _class_name: className, ...options })).not.toThrow();
  });

  it("walks down in noise, each step from where the one before it ends or beside it", () => {
    for (const count of [1, 2, 7, 20, 100]) {
      const steps = methodOf({ _class_name: className }).grid(count);
      expect(steps.length).toBe(count);
      for (const [from, to] of steps) expect(to.sigma / to.alpha).toBeLessThan(from.sigma / from.alpha);
      expect(steps.at(-1)![1].sigma).toBe(0);
    }
  });

  it("takes an η only if it has one", () => {
    const method = methodOf({ _class_name: className });
    const walk = (eta: number) => method.sampler({ data: new Float32Array(1), shape: [1] }, method.grid(2), { eta });
    if (eta === undefined) expect(() => walk(0)).toThrow(RangeError);
    else expect(() => walk(eta)).not.toThrow();
  });
});
