import { describe, expect, it } from "vitest";
import { readOptions } from "../../../lib/scheduler/config.ts";

const _class_name = "DDIMScheduler";

describe("readOptions", () => {
  it("takes what is there, and the default of what is not", () => {
    const options = readOptions({ _class_name, clip_sample: false }, { clip_sample: true, steps_offset: 3 });
    expect(options).toEqual({ clip_sample: false, steps_offset: 3 });
  });

  it("takes false and 0 as values", () => {
    const options = readOptions({ _class_name, clip_sample: false, steps_offset: 0, beta_start: 0 }, {
      clip_sample: true,
      steps_offset: 1,
      beta_start: 0.1,
    });
    expect(options).toEqual({ clip_sample: false, steps_offset: 0, beta_start: 0 });
  });

  it("leaves out what the class does not read, known to us or not", () => {
    const config = { _class_name, skip_prk_steps: true, variance_type: "learned", beta_end: 0.5 };
    expect(readOptions(config, { beta_end: 0.02 })).toEqual({ beta_end: 0.5 });
  });

  it.each([
    ["beta_schedule", "sigmoid"],
    ["num_train_timesteps", 0],
    ["num_train_timesteps", "1000"],
    ["num_train_timesteps", 1e9],
    ["beta_start", -1],
    ["beta_end", 1],
    ["prediction_type", "flow_prediction"],
    ["timestep_spacing", "karras"],
    ["steps_offset", 0.5],
    ["clip_sample", "yes"],
    ["clip_sample_range", 0],
    ["set_alpha_to_one", 1],
    ["variance_type", "learned"],
    ["final_sigmas_type", "one"],
    ["trained_betas", []],
  ])("refuses %s = %j in one sentence that names class, option and value", (name, value) => {
    const read = () => readOptions({ _class_name, [name]: value }, { [name]: undefined } as never);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(new RegExp(`^[^\\n]*DDIMScheduler[^\\n]*${name}[^\\n]*$`));
    expect(read).toThrow(JSON.stringify(value));
  });

  it.each([
    "thresholding",
    "rescale_betas_zero_snr",
    "use_karras_sigmas",
    "use_exponential_sigmas",
    "use_beta_sigmas",
  ])("refuses %s, which diffusers has and we do not, instead of ignoring it", (name) => {
    const defaults = { [name]: false } as never;
    expect(() => readOptions({ _class_name, [name]: true }, defaults)).toThrow(name);
    expect(readOptions({ _class_name, [name]: false }, defaults)).toEqual({ [name]: false });
  });
});
