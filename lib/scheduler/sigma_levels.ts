import { type Level, levelOf, type Path, sigmaAt, timeAt } from "../schedule/level.ts";
import type { NoiseSchedule } from "../schedule/noise_schedule.ts";
import { sigmaRange, type SigmaScheduleName, sigmaSchedules } from "../schedule/sigma_schedules.ts";
import { betaSpacing, exponential, karras, type SigmaSpacing } from "../schedule/sigmas.ts";
import { roundHalfEven, spacedTimes } from "../schedule/spacing.ts";
import type { Options } from "./options.ts";
import type { Run } from "./row.ts";

/** How a class lays its levels out, where config and run leave it open. */
export type SigmaForm = {
  /** The path that the levels lie on; a rectified flow where the config asks for flow σ. */
  readonly path: Path;
  /**
   * DPM-Solver's family: times are whole, one more than asked is spaced and the cleanest left out, and spacings of σ run
   * between the ends of the training. Otherwise Euler's: times may be fractions, as many as asked, and spacings of σ run
   * between the σ of the first and the last of them.
   */
  readonly whole?: boolean;
  /** Whether the times of Karras' and Lu's spacing are rounded. */
  readonly rounds?: boolean;
  /** Where the last step ends, for classes without the option `final_sigmas_type`: clean by default. */
  readonly last?: Options["final_sigmas_type"];
  /** Whether a run of spaced σ that does not end clean ends in the last of them, and not in the σ of time 0. */
  readonly repeats?: boolean;
  /** UniPC's flows: nearly from pure noise, and with a given `mu`. Otherwise from the last time but one. */
  readonly fromNoise?: boolean;
  /** Whether the run goes from the image to noise. */
  readonly rising?: boolean;
};

/** What all parts of a layout know. */
type Plan = {
  readonly options: Options;
  readonly schedule: NoiseSchedule;
  readonly run: Run;
  readonly form: SigmaForm;
};

/** Where a run asks, and the σ where it ends if that is not for `final_sigmas_type` to say. */
type Layout = { readonly times: readonly number[]; readonly sigmas: readonly number[]; readonly end?: number };

/**
 * The levels of a run of any class that lives on σ/α: where it asks, and where it ends.
 *
 * They are laid out by the times of the training (`timestep_spacing`, `lambda_min_clipped`), by a spacing of σ
 * (`use_karras_sigmas` and its like, `sigma_schedule`), along a flow (`use_flow_sigmas`), or as the run says (`timesteps`;
 * `sigmas`, of which the last is the end, but not in a flow).
 *
 * @throws {RangeError} when the run asks for times or σ that do not fall, or that the options leave no room for
 */
export function sigmaLevels(options: Options, schedule: NoiseSchedule, run: Run, form: SigmaForm): Level[] {
  checkRun(options, run, form);
  const { path, last = options.final_sigmas_type ?? "zero", repeats, rising } = form;
  const { times, sigmas, end } = layout({ options, schedule, run, form });
  const least = repeats && spacingsOf(options).length > 0 ? sigmas.at(-1)! : sigmaAt(schedule, 0);
  const final = end ?? (last === "zero" ? 0 : least);
  // Where two rounded times are one, diffusers asks once on its way up, and goes on with the σ that the other had.
  const asked = rising ? [...new Set(times)] : times;
  // Our own spacings keep the fractions of times, as k-diffusion does.
  const whole = form.whole && !options.sigma_schedule;
  const levels = asked.map((time, i) => levelOf(sigmas[i]!, path, whole ? Math.trunc(time) : time));
  return [...levels, levelOf(sigmas[levels.length] ?? final, path, -1)];
}

function layout(plan: Plan): Layout {
  const { options, schedule, run, form } = plan;
  const spaced = spacingOf(options, schedule);
  if (options.use_flow_sigmas && !spaced) return flow(plan);
  if (run.sigmas) {
    const sigmas = run.sigmas.slice(0, -1);
    return { times: sigmas.map((sigma) => timeOf(sigma, plan)), sigmas, end: run.sigmas.at(-1)! };
  }
  if (spaced) {
    const ofTraining = form.whole || options.sigma_schedule || options.interpolation_type === "log_linear";
    const ends = ofTraining ? [Infinity, 0] : timesOf(plan);
    const min = options.sigma_min ?? sigmaAt(schedule, ends.at(-1)!);
    const max = options.sigma_max ?? sigmaAt(schedule, ends[0]!);
    const sigmas = spaced(run.count!, form.rising ? { min: max, max: min } : { min, max });
    if (!options.use_flow_sigmas) return { times: sigmas.map((sigma) => timeOf(sigma, plan)), sigmas };
    const flowing = sigmas.map((sigma) => sigma / (1 + sigma));
    return { times: flowing.map((sigma) => sigma * options.num_train_timesteps), sigmas: flowing };
  }
  const times = timesOf(plan);
  // diffusers spaces one σ more than there are times, and so ends in the least.
  const sigmas = options.interpolation_type === "log_linear"
    ? exponential()(times.length + 1, { min: sigmaAt(schedule, 0), max: sigmaAt(schedule, Infinity) })
    : times.map((time) => sigmaAt(schedule, time));
  const told = tellsLogSigma(options) ? times.map((_, i) => timeOf(sigmas[i]!, plan)) : times;
  return { times: told, sigmas, ...form.rising && { end: sigmaAt(schedule, usableTimes(options, schedule) - 1) } };
}

/** The times of a run that are spaced, or asked for. */
function timesOf({ options, schedule, run, form }: Plan): number[] {
  const { whole = false, rising } = form;
  if (run.timesteps) return run.timesteps.map((time) => whole ? Math.trunc(time) : time);
  const { timestep_spacing: spacing = "linspace", num_train_timesteps: trainSteps, steps_offset: offset = 0 } = options;
  const usable = usableTimes(options, schedule);
  const extra = whole && spacing !== "trailing" ? 1 : 0;
  const times = spacedTimes(spacing, run.count! + extra, { trainSteps, offset, whole, usable });
  if (rising) times.reverse();
  return times.slice(0, times.length - extra);
}

/** How many times of the training have a λ that is not clipped. */
function usableTimes({ lambda_min_clipped: least = -Infinity }: Options, { alphasCumprod }: NoiseSchedule): number {
  return alphasCumprod.filter((signal) => Math.log(signal / (1 - signal)) / 2 >= least).length;
}

/** A rectified flow from noise to image, shifted toward noise. */
function flow({ options, run: { count = 0, sigmas: asked, mu }, form: { fromNoise } }: Plan): Layout {
  const { num_train_timesteps: trainSteps, shift_terminal: terminal } = options;
  // Added up as NumPy does, whose last bit decides which whole time is told.
  const stride = (1 / trainSteps - 1) / count;
  const even = Array.from({ length: count }, (_, i) => {
    if (fromNoise) return 1 + i * stride;
    return 1 - (i === 0 ? 1 / trainSteps : 1 + (count - i) * stride);
  });
  const shift = mu === undefined ? options.flow_shift : options.time_shift_type === "linear" ? mu : Math.exp(mu);
  const shifted = (asked ?? even).map((sigma) => shift * sigma / (1 + (shift - 1) * sigma));
  const scale = terminal && (1 - shifted.at(-1)!) / (1 - terminal);
  const stretched = scale ? shifted.map((sigma) => 1 - (1 - sigma) / scale) : shifted;
  // At σ = 1 no signal is left to divide by.
  const sigmas = stretched.map((sigma) => fromNoise && Math.abs(sigma - 1) < 1e-6 ? sigma - 1e-6 : sigma);
  // In single precision as diffusers keeps them, which is much of α = 1 − σ where little of it is left.
  return { times: sigmas.map((sigma) => sigma * trainSteps), sigmas: sigmas.map(Math.fround) };
}

/** What the network is told where σ came first. */
function timeOf(sigma: number, { options, schedule, form: { rounds } }: Plan): number {
  if (tellsLogSigma(options)) return Math.log(Math.fround(sigma)) / 4;
  const time = timeAt(schedule, sigma);
  return rounds && (options.use_karras_sigmas || options.use_lu_lambdas) ? roundHalfEven(time) : time;
}

const tellsLogSigma = ({ timestep_type, prediction_type }: Options) =>
  timestep_type === "continuous" && prediction_type === "v_prediction";

/** The spacing of σ that the options ask for, in the order in which diffusers looks for them. */
function spacingOf(options: Options, schedule: NoiseSchedule): SigmaSpacing | undefined {
  if (options.use_karras_sigmas) return karras();
  if (options.use_lu_lambdas || options.use_exponential_sigmas) return exponential();
  if (options.use_beta_sigmas) return betaSpacing();
  const name = options.sigma_schedule as SigmaScheduleName | null | undefined;
  return name ? (count, ends) => sigmaSchedules[name](count, sigmaRange(schedule, ends)) : undefined;
}

/** The options that ask for a spacing of σ. */
const spacingsOf = (options: Options) =>
  ([
    "use_karras_sigmas",
    "use_exponential_sigmas",
    "use_beta_sigmas",
    "use_lu_lambdas",
    "use_flow_sigmas",
    "sigma_schedule",
  ] as const).filter((name) => options[name]);

function checkRun(options: Options, { timesteps, sigmas, mu }: Run, { fromNoise }: SigmaForm) {
  const asked = [...spacingsOf(options), ...tellsLogSigma(options) ? ["timestep_type"] : []];
  if (timesteps && asked.length > 0) {
    throw new RangeError(`Cannot set timesteps: found ${asked.join(" and ")}, expected a count`);
  }
  if (mu !== undefined ? !options.use_dynamic_shifting : fromNoise && options.use_dynamic_shifting) {
    const expected = options.use_dynamic_shifting ? "a number, for use_dynamic_shifting" : "use_dynamic_shifting";
    throw new RangeError(`Cannot shift a flow: found mu = ${mu}, expected ${expected}`);
  }
  for (const [name, values = []] of Object.entries({ timesteps, sigmas })) {
    if (values.every((value, i) => value >= 0 && (i === 0 || value < values[i - 1]!))) continue;
    throw new RangeError(`Cannot set ${name} ${values.join(", ")}: expected falling numbers of 0 or more`);
  }
}

/** Says which spacings of σ exclude each other or end in NaN; for a row's `refuse`. */
export function refuseSigmas(options: Options): string | false {
  const asked = spacingsOf(options);
  // Of Lu's spacing and another one diffusers takes the first that it looks for.
  const rivals = options.use_flow_sigmas ? asked : asked.filter((name) => name !== "use_lu_lambdas");
  if (rivals.length > 1) return `found ${rivals.join(" and ")}, expected at most one spacing of σ`;
  const name = options.sigma_schedule;
  if (name && !Object.hasOwn(sigmaSchedules, name)) {
    return `found sigma_schedule = "${name}", expected one of ${Object.keys(sigmaSchedules).join(", ")}`;
  }
  return asked.length > 0 && options.sigma_min === 0 && "found sigma_min = 0, expected a number above 0";
}

/** A zero-terminal-SNR schedule whose last time keeps a trace of signal, 2⁻²⁴, so that its σ/α is finite; for a row's `schedule`. */
export function tracedTerminal({ rescale_betas_zero_snr: rescaled }: Options, schedule: NoiseSchedule): NoiseSchedule {
  return rescaled ? { ...schedule, alphasCumprod: schedule.alphasCumprod.with(-1, 2 ** -24) } : schedule;
}
