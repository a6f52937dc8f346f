import { afterAll, describe, expect, it } from "vitest";
import { catalogue, type Options } from "@unnoise/lib";

type Config = { readonly _class_name: string; readonly [option: string]: unknown };
type Fixture = { readonly goldens?: readonly { readonly config?: Config }[] };

/** Every config that some run of diffusers in the fixtures was made with. */
const configs = await (async () => {
  const folder = new URL("../fixtures/schedulers/", import.meta.url);
  const found: Config[] = [];
  for (const { name } of Deno.readDirSync(folder)) {
    // times.json holds lists of times without runs.
    if (!name.endsWith(".json") || name === "times.json") continue;
    const fixture = JSON.parse(await Deno.readTextFile(new URL(name, folder))) as Fixture;
    for (const { config } of fixture.goldens ?? []) if (config) found.push(config);
  }
  return found;
})();

/** Options that a run of diffusers cannot show, and why. */
const unseen: { readonly [Name in keyof Options]?: string } = {
  scale_factors: "samples that grow between steps: refused",
  tau_func: "a function: in tests/goldens/exponential.test.ts",
  solver_p: "another scheduler as predictor: refused",
  noise_sampler_seed: "seeds the Brownian path, whose numbers are our own",
  sigma_schedule: "the free product of sampler and spacing, which diffusers lacks, except in EDM's classes",
};

const diffusers = catalogue.filter(({ className }) => className.endsWith("Scheduler"));

describe.each(diffusers.map((row) => [row.className, row] as const))("the goldens of %s", (className, row) => {
  const own = configs.filter(({ _class_name }) => _class_name === className);

  it("change each of its options", () => {
    expect(own.length).toBeGreaterThan(0);
    const missing = Object.entries(row.options).filter(([name, fallback]) => {
      if (name in unseen || row.only?.[name as keyof Options]?.length === 1) return false;
      return !own.some((config) => name in config && JSON.stringify(config[name]) !== JSON.stringify(fallback));
    });
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it("use each value that an option is held to", () => {
    for (const [name, values] of Object.entries(row.only ?? {})) {
      const fallback = row.options[name as keyof Options];
      for (const value of values as readonly unknown[]) {
        const used = own.some((config) => (name in config ? config[name] : fallback) === value);
        expect(used, `${name} = ${value}`).toBe(true);
      }
    }
  });
});

describe("the goldens", () => {
  it("are 600 configurations or more", () => {
    expect(configs.length).toBeGreaterThanOrEqual(600);
  });
});

afterAll(() => {
  const count = (className: string) => configs.filter(({ _class_name }) => _class_name === className).length;
  const lines = diffusers.map(({ className }) => `  ${String(count(className)).padStart(4)} ${className}`);
  console.log(`Runs of diffusers that ours agree with, ${configs.length} in all:\n${lines.join("\n")}`);
});
