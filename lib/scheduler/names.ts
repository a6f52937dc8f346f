import { type SigmaScheduleName, sigmaSchedules } from "../schedule/sigma_schedules.ts";
import { catalogue } from "./catalogue.ts";
import type { SchedulerConfig } from "./config.ts";
import type { Options } from "./options.ts";

/** What a sampler is called here: the class, and the options that make it that sampler. */
export type Ours = { readonly _class_name: string } & Partial<Options>;

/**
 * The samplers of k-diffusion, A1111 and ComfyUI by the names that they have there, and what they are here. Upper and lower
 * case, spaces, hyphens and underscores do not count, `++` is `pp`, and `_gpu` says only where noise is drawn.
 */
export const samplerNames: Readonly<Record<string, Ours>> = {
  euler: { _class_name: "KEuler" },
  euler_ancestral: { _class_name: "KEuler", eta: 1 },
  "euler a": { _class_name: "KEuler", eta: 1 },
  heun: { _class_name: "KHeun" },
  dpm_2: { _class_name: "KDPM2" },
  dpm_2_ancestral: { _class_name: "KDPM2", eta: 1 },
  "dpm2 a": { _class_name: "KDPM2", eta: 1 },
  lms: { _class_name: "LMSDiscreteScheduler" },
  dpm_fast: { _class_name: "KDPMFast" },
  dpmpp_2s_ancestral: { _class_name: "KDPMPP2SAncestral" },
  "dpm++ 2s a": { _class_name: "KDPMPP2SAncestral" },
  dpmpp_sde: { _class_name: "KDPMPPSDE" },
  dpmpp_2m: { _class_name: "KDPMPP2M" },
  dpmpp_2m_sde: { _class_name: "KDPMPP2M", eta: 1 },
  dpmpp_2m_sde_heun: { _class_name: "KDPMPP2M", eta: 1, solver_type: "heun" },
  dpmpp_3m_sde: { _class_name: "KDPMPP3MSDE" },
  // Both have RES' exact weights; the ancestral one draws as much noise as the SDE at η = 1.
  res_multistep: { _class_name: "KDPMPP2M", solver_type: "heun" },
  res_multistep_ancestral: { _class_name: "KDPMPP2M", eta: 1, solver_type: "heun" },
  res_2m: { _class_name: "KDPMPP2M", solver_type: "heun" },
  res_2s: { _class_name: "KRES2S" },
  exp_heun_2_x0: { _class_name: "KExpHeun2X0" },
  exp_heun_2_x0_sde: { _class_name: "KExpHeun2X0", eta: 1 },
  seeds_2: { _class_name: "KSEEDS2" },
  seeds_3: { _class_name: "KSEEDS3" },
  er_sde: { _class_name: "KERSDE" },
  gradient_estimation: { _class_name: "KGradientEstimation" },
  "euler ge": { _class_name: "KGradientEstimation" },
  ipndm: { _class_name: "KIPNDM" },
  // Adams and Bashforth's weights for steps as long as they are: linear multistep.
  ipndm_v: { _class_name: "LMSDiscreteScheduler" },
  deis: { _class_name: "DEISMultistepScheduler" },
  ddpm: { _class_name: "DDPMScheduler" },
  ddim: { _class_name: "DDIMScheduler" },
  "ddim trailing": { _class_name: "DDIMScheduler", timestep_spacing: "trailing" },
  // On σ DDIM is Euler's method.
  ddim_cfg_pp: { _class_name: "KEuler", sigma_schedule: "ddim_uniform", cfg_plus_plus: true },
  plms: { _class_name: "PNDMScheduler", skip_prk_steps: true },
  unipc: { _class_name: "UniPCMultistepScheduler", solver_type: "bh1", final_sigmas_type: "sigma_min" },
  uni_pc_bh2: { _class_name: "UniPCMultistepScheduler", solver_type: "bh2" },
  sa_solver: { _class_name: "SASolverScheduler" },
  lcm: { _class_name: "LCMScheduler" },
  tcd: { _class_name: "TCDScheduler" },
};

/** The schedules of σ that have other names elsewhere. `automatic` leaves the choice to the class. */
export const scheduleNames: Readonly<Record<string, SigmaScheduleName | undefined>> = {
  automatic: undefined,
  uniform: "normal",
  discrete: "normal",
  ddim: "ddim_uniform",
  ays: "align_your_steps",
  "ays sdxl": "align_your_steps_sdxl",
  "ays svd": "align_your_steps_svd",
};

/** Samplers that people know by these names and that are not here, and why. */
export const absentSamplers: Readonly<Record<string, string>> = {
  dpm_adaptive: "it asks as often as it has to, which no scheduler's list of times can say; drive the sampler " +
    "dpmAdaptive with sample()",
  restart: "it goes back to more noise in the middle of a run; take Heun with s_churn",
  heunpp2: "its weights are in no paper; take Heun",
  sa_solver_pece: "it asks once more for each step that it has corrected; take sa_solver",
};

const plain = (name: string) => name.toLowerCase().replaceAll("++", "pp").replaceAll(/^sample_|_?gpu|[^a-z0-9]/g, "");

/**
 * The config of a sampler by the name that it has elsewhere: a class of diffusers, or a sampler of k-diffusion, A1111 or
 * ComfyUI, with the name of a schedule of σ after it or without. `CFG++` goes with each that is walked on σ.
 *
 * @throws {RangeError} when there is none of that name, naming those that come near, or saying why it is absent
 *
 * @example
 * ```ts
 * import { lookup } from "@unnoise/lib";
 *
 * const { _class_name, sigma_schedule } = lookup("DPM++ 2M Karras");
 * console.assert(_class_name === "KDPMPP2M" && sigma_schedule === "karras");
 * console.assert(lookup("dpmpp_2m_sde_gpu + exponential").eta === 1);
 * ```
 */
export function lookup(name: string): SchedulerConfig {
  const samplers = new Map<string, Ours>();
  for (const { className, name, title } of catalogue) {
    for (const own of [name, title, className]) samplers.set(plain(own), { _class_name: className });
  }
  for (const [own, ours] of Object.entries(samplerNames)) samplers.set(plain(own), ours);
  const schedules: [string, SigmaScheduleName | undefined][] = [["", undefined]];
  for (const own of Object.keys(sigmaSchedules)) schedules.push([plain(own), own as SigmaScheduleName]);
  for (const [own, ours] of Object.entries(scheduleNames)) schedules.push([plain(own), ours]);

  const asked = plain(name);
  for (const [suffix, sigma_schedule] of schedules) {
    if (!asked.endsWith(suffix)) continue;
    const sampler = asked.slice(0, asked.length - suffix.length);
    const reason = Object.entries(absentSamplers).find(([absent]) => plain(absent) === sampler)?.[1];
    if (reason !== undefined) throw new RangeError(`Cannot find sampler "${name}", which is absent: ${reason}`);
    const guided = !samplers.has(sampler) && sampler.includes("cfgpp");
    const found = samplers.get(guided ? sampler.replace("cfgpp", "") : sampler);
    if (found === undefined) continue;
    const more = { ...sigma_schedule && { sigma_schedule }, ...guided && { cfg_plus_plus: true } };
    const known = catalogue.find(({ className }) => className === found._class_name)?.options ?? {};
    const foreign = Object.keys(more).filter((option) => !(option in known));
    if (foreign.length === 0) return { ...found, ...more };
    throw new RangeError(`Cannot find "${name}": ${found._class_name} does not know ${foreign.join(" and ")}`);
  }
  const near = [...samplers.keys(), ...Object.keys(samplerNames)].filter((own) => isNear(plain(own), asked));
  const expected = near.length > 0 ? `one of ${[...new Set(near)].slice(0, 8).join(", ")}` : "a sampler's name";
  throw new RangeError(`Cannot find sampler "${name}": expected ${expected}`);
}

/** Whether two names share most of their pairs of letters. */
function isNear(own: string, asked: string): boolean {
  const pairs = (text: string) => new Set(Array.from(text.slice(1), (letter, i) => text[i]! + letter));
  const [a, b] = [pairs(own), pairs(asked)];
  return 2 * [...a].filter((pair) => b.has(pair)).length >= 0.6 * (a.size + b.size);
}
