import { describe, expect, it } from "vitest";
import { kinds, type Options } from "../../../lib/scheduler/options.ts";

const accepted = (name: keyof Options, ...values: readonly unknown[]) => values.filter(kinds[name].accepts);

describe("kinds", () => {
  it("tell numbers from what looks like one", () => {
    expect(accepted("beta_end", 0, 0.5, 1, -0.1, 1.1, NaN, "0.5", true, null)).toEqual([0, 0.5, 1]);
    expect(accepted("shift", 1e-300, 3, 0, -1, Infinity)).toEqual([1e-300, 3]);
    expect(accepted("base_shift", -0.5, 0, NaN, Infinity)).toEqual([-0.5, 0]);
  });

  it("tell whole numbers in range", () => {
    expect(accepted("num_train_timesteps", 1, 1000, 0, 2.5, 1e9, "1000")).toEqual([1, 1000]);
    expect(accepted("solver_order", 0, 1, 2, 3, 4)).toEqual([1, 2, 3]);
  });

  it("tell yes and no from 0 and 1", () => {
    expect(accepted("clip_sample", true, false, 0, 1, "true")).toEqual([true, false]);
  });

  it("know names, and lists whose every part is right", () => {
    expect(accepted("beta_schedule", "linear", "sigmoid", "toString", 1)).toEqual(["linear", "sigmoid"]);
    expect(accepted("trained_betas", [0.1, 0.2], [], [2], [0.1, "0.2"], 0.1)).toEqual([[0.1, 0.2]]);
    expect(accepted("disable_corrector", [], [0, 3], [0.5])).toEqual([[], [0, 3]]);
  });

  it("say what they expect, each so that a sentence can end in it", () => {
    for (const { expected } of Object.values(kinds)) expect(expected).toMatch(/^[^.]{4,}[^.]$/);
  });
});
