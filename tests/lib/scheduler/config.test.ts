import { describe, expect, it } from "vitest";
import { parseConfig, readConfig } from "../../../lib/scheduler/config.ts";

const _class_name = "DDIMScheduler";

describe("parseConfig", () => {
  it("reads what Python writes for infinities, and leaves texts that name them alone", () => {
    const config = parseConfig(
      `{"_class_name": "A", "a": -Infinity, "b": [NaN, Infinity], "c": "to Infinity \\"NaN\\""}`,
    );
    expect(config).toEqual({
      _class_name: "A",
      a: "-Infinity",
      b: ["NaN", "Infinity"],
      c: 'to Infinity "NaN"',
    });
  });

  it("refuses what is no JSON, and JSON that names no class", () => {
    expect(() => parseConfig("{")).toThrow(SyntaxError);
    for (const text of ["{}", "null", "[1]", '"DDIMScheduler"']) {
      expect(() => parseConfig(text)).toThrow(
        /^Cannot read a scheduler config: found no _class_name in .*expected one$/,
      );
    }
  });
});

describe("readConfig", () => {
  it("takes what is there, and the default of what is not", () => {
    const { options } = readConfig({ _class_name, clip_sample: false }, { clip_sample: true, steps_offset: 3 });
    expect(options).toEqual({ clip_sample: false, steps_offset: 3 });
  });

  it("takes false and 0 as values", () => {
    const { options } = readConfig({ _class_name, clip_sample: false, steps_offset: 0, beta_start: 0 }, {
      clip_sample: true,
      steps_offset: 1,
      beta_start: 0.1,
    });
    expect(options).toEqual({ clip_sample: false, steps_offset: 0, beta_start: 0 });
  });

  it("takes the default of what is null, and of what diffusers says nobody chose", () => {
    const config = { _class_name, beta_end: 0.5, steps_offset: null, _use_default_values: ["beta_end"] };
    expect(readConfig(config, { beta_end: 0.02, steps_offset: 1 }).options).toEqual({
      beta_end: 0.02,
      steps_offset: 1,
    });
  });

  it("names what the class does not read, known to us or not, and no private key", () => {
    const config = { _class_name, skip_prk_steps: true, colour: "red", beta_end: 0.5, _diffusers_version: "0" };
    const { options, ignored } = readConfig(config, { beta_end: 0.02 });
    expect(options).toEqual({ beta_end: 0.5 });
    expect(ignored).toEqual(["skip_prk_steps", "colour"]);
  });

  it("reads the two spellings of an infinity", () => {
    for (const lambda_min_clipped of ["-inf", "-Infinity"]) {
      const { options } = readConfig({ _class_name, lambda_min_clipped }, { lambda_min_clipped: -5 });
      expect(options.lambda_min_clipped).toBe(-Infinity);
    }
  });

  it("refuses a value in one sentence that names class, option, value and what is expected", () => {
    const read = () => readConfig({ _class_name, beta_end: "0.02" }, { beta_end: 0.02 });
    expect(read).toThrow(TypeError);
    expect(read).toThrow(
      /^Cannot configure DDIMScheduler: found beta_end = "0\.02", expected a number from 0 to 1$/,
    );
  });

  it("takes no option from the prototype of every object", () => {
    expect(readConfig({ _class_name, toString: 1 }, {}).ignored).toEqual(["toString"]);
  });
});
