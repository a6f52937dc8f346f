import { describe, expect, it } from "vitest";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { sigmaSchedules } from "../../../lib/schedule/sigma_schedules.ts";
import { catalogue, createScheduler, methodOf } from "../../../lib/scheduler/catalogue.ts";
import { absentSamplers, lookup, samplerNames } from "../../../lib/scheduler/names.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

/** What A1111 1.10 lists. */
const a1111 = [
  ...["DPM++ 2M", "DPM++ SDE", "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 2S a", "DPM++ 3M SDE", "Euler a", "Euler"],
  ...[
    "LMS",
    "Heun",
    "DPM2",
    "DPM2 a",
    "DPM fast",
    "DPM adaptive",
    "Restart",
    "DDIM",
    "DDIM CFG++",
    "PLMS",
    "UniPC",
    "LCM",
  ],
];
const a1111Schedules = [
  ...["Automatic", "Uniform", "Karras", "Exponential", "Polyexponential", "SGM Uniform", "KL Optimal"],
  ...["Align Your Steps", "Simple", "Normal", "DDIM", "Beta"],
];

/** What ComfyUI lists. */
const comfy = [
  ...["euler", "euler_cfg_pp", "euler_ancestral", "euler_ancestral_cfg_pp", "heun", "heunpp2", "exp_heun_2_x0"],
  ...["exp_heun_2_x0_sde", "dpm_2", "dpm_2_ancestral", "lms", "dpm_fast", "dpm_adaptive", "dpmpp_2s_ancestral"],
  ...["dpmpp_2s_ancestral_cfg_pp", "dpmpp_sde", "dpmpp_sde_gpu", "dpmpp_2m", "dpmpp_2m_cfg_pp", "dpmpp_2m_sde"],
  ...["dpmpp_2m_sde_gpu", "dpmpp_2m_sde_heun", "dpmpp_2m_sde_heun_gpu", "dpmpp_3m_sde", "dpmpp_3m_sde_gpu", "ddpm"],
  ...["lcm", "ipndm", "ipndm_v", "deis", "res_multistep", "res_multistep_cfg_pp", "res_multistep_ancestral"],
  ...["res_multistep_ancestral_cfg_pp", "gradient_estimation", "gradient_estimation_cfg_pp", "er_sde", "seeds_2"],
  ...["seeds_3", "sa_solver", "sa_solver_pece", "ddim", "uni_pc", "uni_pc_bh2"],
];
const comfySchedules = [
  ...["simple", "sgm_uniform", "karras", "exponential", "ddim_uniform", "beta", "normal", "linear_quadratic"],
  "kl_optimal",
];

const absent = ["DPM adaptive", "dpm_adaptive", "Restart", "heunpp2", "sa_solver_pece"];

/** The config of a name; nothing where a class knows no schedule of σ. */
function namesUnlessForeign(name: string) {
  try {
    return lookup(name);
  } catch (error) {
    expect((error as Error).message).toMatch(/does not know sigma_schedule$/);
    return undefined;
  }
}

describe("lookup", () => {
  it.each([...a1111, ...comfy])("finds %s, or says why it is absent", (name) => {
    if (absent.includes(name)) {
      expect(() => lookup(name)).toThrow(/is absent: it/);
      return;
    }
    const method = methodOf(lookup(name));
    expect(method.ignored).toEqual([]);
    expect(method.grid(5).length).toBeGreaterThan(1);
  });

  it.each([...a1111Schedules, ...comfySchedules])("finds every k-diffusion sampler with %s", (schedule) => {
    for (
      const sampler of [
        "Euler a",
        "DPM++ 2M",
        "dpmpp_3m_sde_gpu",
        "res_multistep",
        "LMS",
        "euler_cfg_pp",
        "UniPC",
        "deis",
      ]
    ) {
      const method = methodOf(lookup(`${sampler} ${schedule}`));
      expect(method.ignored).toEqual([]);
      expect(method.grid(5).every(([from, to]) => to.sigma <= from.sigma)).toBe(true);
    }
  });

  it.each(Object.keys(samplerNames))("runs %s with each schedule that goes with it, to numbers", (sampler) => {
    for (const schedule of ["", ...Object.keys(sigmaSchedules)]) {
      const config = namesUnlessForeign(`${sampler} ${schedule}`);
      if (config === undefined) continue;
      for (const count of [1, 6]) {
        const scheduler = createScheduler(config);
        scheduler.setTimesteps(count);
        const generator = torchGenerator(1);
        let x = tensor([1, 1, 1, 2], new Float32Array([1, -2]).map((value) => value * scheduler.initNoiseSigma));
        for (const t of scheduler.timesteps) {
          const { data } = scheduler.scaleModelInput(x, t);
          const output = tensor(x.shape, data.map((value, i) => 0.4 * value + Math.cos(i) / 10));
          x = scheduler.step(output, t, x, { generator }).prevSample;
        }
        expect(x.data.every(Number.isFinite), `${schedule}, ${count} steps`).toBe(true);
      }
    }
  });

  it("knows sampler and schedule apart", () => {
    expect(lookup("DPM++ 2M SDE Karras")).toEqual({ _class_name: "KDPMPP2M", eta: 1, sigma_schedule: "karras" });
    expect(lookup("dpmpp_2m_sde_gpu + sgm_uniform")).toEqual(lookup("DPM++ 2M SDE SGM Uniform"));
    expect(lookup("DPM++ 2M Uniform").sigma_schedule).toBe("normal");
    expect(lookup("euler_ancestral_cfg_pp")).toEqual({ _class_name: "KEuler", eta: 1, cfg_plus_plus: true });
    expect(lookup("DDIM CFG++ Karras")).toEqual({
      _class_name: "KEuler",
      sigma_schedule: "karras",
      cfg_plus_plus: true,
    });
    expect(lookup("sample_dpmpp_2m")).toEqual(lookup("  dpm++ 2m  "));
  });

  it("finds each class of the catalogue by class, by name and by title", () => {
    for (const { className, name } of catalogue) {
      expect(lookup(className)._class_name).toBe(className);
      expect(catalogue.some((row) => row.className === lookup(name)._class_name)).toBe(true);
    }
  });

  it("names what comes near, and refuses what does not go together", () => {
    expect(() => lookup("DPM++ 2N")).toThrow(/expected one of .*dpmpp_?2m/);
    expect(() => lookup("")).toThrow('Cannot find sampler "": expected a sampler\'s name');
    expect(() => lookup("PLMS Karras")).toThrow(
      'Cannot find "PLMS Karras": PNDMScheduler does not know sigma_schedule',
    );
  });

  it("leads to classes that are there, and calls nothing absent that is", () => {
    for (const { _class_name } of Object.values(samplerNames)) {
      expect(catalogue.some(({ className }) => className === _class_name), _class_name).toBe(true);
    }
    expect(Object.keys(absentSamplers).filter((name) => name in samplerNames)).toEqual([]);
  });
});
