import { describe, expect, it } from "vitest";
import { catalogue, compatibles, createScheduler, methodOf } from "../../../lib/scheduler/catalogue.ts";

describe("catalogue", () => {
  it("has one row a name and a class", () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map(({ className }) => className)).size).toBe(catalogue.length);
    expect(catalogue.map(({ name }) => name)).toEqual(expect.arrayContaining(["ddpm", "ddim", "euler"]));
  });
});

describe("methodOf", () => {
  it("finds the row of the class", () => {
    expect(methodOf({ _class_name: "EulerDiscreteScheduler" }).row.name).toBe("euler");
  });

  it("refuses a class that the catalogue has not, and lists those that it has", () => {
    expect(() => methodOf({ _class_name: "MagicScheduler" })).toThrow(TypeError);
    expect(() => methodOf({ _class_name: "MagicScheduler" })).toThrow(/"MagicScheduler".*DDPMScheduler/);
    expect(() => methodOf({} as never)).toThrow(TypeError);
  });
});

describe("createScheduler", () => {
  it("says which options change nothing, and is silent when all do", () => {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    createScheduler({ _class_name: "DDIMScheduler", beta_end: 0.01, _diffusers_version: "0.42.1" }, { warn });
    expect(warnings).toEqual([]);
    createScheduler({ _class_name: "DDIMScheduler", colour: "red", skip_prk_steps: true }, { warn });
    expect(warnings).toEqual([expect.stringMatching(/^DDIMScheduler does not know colour, skip_prk_steps: /)]);
  });

  it("keeps the config, unknown keys included", () => {
    const config = { _class_name: "DDIMScheduler", _diffusers_version: "0.42.1", odd: [1, { two: 3 }] };
    const scheduler = createScheduler(config, { warn: () => {} });
    expect(JSON.parse(JSON.stringify(scheduler.config))).toEqual(config);
    expect(scheduler.ignored).toEqual(["odd"]);
  });

  it("refuses a bad value at once", () => {
    expect(() => createScheduler({ _class_name: "DDIMScheduler", beta_schedule: "quadratic" })).toThrow(TypeError);
  });
});

describe("compatibles", () => {
  it("are of the same family, and take the config's options", () => {
    const rows = compatibles({ _class_name: "DDIMScheduler", prediction_type: "v_prediction" });
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["ddim", "ddpm", "euler"]));
    expect(new Set(rows.map(({ family }) => family))).toEqual(new Set(["diffusion"]));
  });

  it("leave out a row that would refuse the config", () => {
    const held = catalogue.find(({ family, only }) => {
      return family === "diffusion" && only?.prediction_type && !only.prediction_type.includes("sample");
    });
    const names = compatibles({ _class_name: "DDIMScheduler", prediction_type: "sample" }).map(({ name }) => name);
    expect(names).toContain("ddim");
    if (held) expect(names).not.toContain(held.name);
  });

  it("refuse a class that does not exist", () => {
    expect(() => compatibles({ _class_name: "MagicScheduler" })).toThrow(TypeError);
  });
});
