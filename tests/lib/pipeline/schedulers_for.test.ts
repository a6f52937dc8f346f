import { describe, expect, it } from "vitest";
import { runnersOf, schedulersFor } from "../../../lib/pipeline/schedulers_for.ts";
import { catalogue } from "../../../lib/scheduler/catalogue.ts";

const ddim = { _class_name: "DDIMScheduler", prediction_type: "v_prediction", timestep_spacing: "trailing" };
const fashion = { ...ddim, beta_schedule: "squaredcos_cap_v2", clip_sample: false };
const names = schedulersFor(ddim).map(({ name }) => name);

describe("schedulersFor", () => {
  it("lists the schedulers of the config's family", () => {
    expect(names).toEqual(expect.arrayContaining(["ddim", "ddpm", "euler"]));
    expect(new Set(schedulersFor(ddim).map(({ family }) => family))).toEqual(new Set(["diffusion"]));
  });

  it("leaves out what needs a picture, or a network of its own", () => {
    const unfit = catalogue.filter(({ className, given = {} }) => {
      return /Inverse|CogVideoX/.test(className) || "known" in given;
    });
    expect(names.filter((name) => unfit.some((row) => row.name === name))).toEqual([]);
  });

  it("leaves out, of those that run, what long steps throw off course", () => {
    const [fit, all] = [schedulersFor(fashion), runnersOf(fashion)].map((rows) => rows.map(({ name }) => name));
    expect(all).toEqual(expect.arrayContaining(fit!));
    expect(all).toEqual(expect.arrayContaining(["ddim", "heun"]));
    // From a σ of 20 000 the cosine schedule leads to one of 6 in a single step.
    expect(fit).not.toContain("heun");
    expect(schedulersFor({ ...fashion, timestep_spacing: "leading" }).map(({ name }) => name)).toContain("heun");
  });

  it("refuses a class that does not exist", () => {
    expect(() => schedulersFor({ _class_name: "MagicScheduler" })).toThrow(TypeError);
  });
});
