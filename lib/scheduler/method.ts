import { limit } from "../prediction/limit.ts";
import type { Prediction, Question } from "../prediction/prediction.ts";
import { read } from "../prediction/read.ts";
import { scaleModelInput } from "../prediction/scale_model_input.ts";
import { splitVariance } from "../prediction/split_variance.ts";
import { threshold } from "../prediction/threshold.ts";
import type { Noise, Sampler } from "../sampler/sampler.ts";
import type { Step } from "../schedule/grid.ts";
import type { Level, Path } from "../schedule/level.ts";
import {
  type NoiseSchedule,
  noiseSchedule,
  scaleSnr,
  scheduleOf,
  zeroTerminalSnr,
} from "../schedule/noise_schedule.ts";
import { clamp } from "../tensor/clamp.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { readConfig, type SchedulerConfig } from "./config.ts";
import type { Options } from "./options.ts";
import type { Row, Run, WalkOptions } from "./row.ts";

/** A scheduler as pure functions: what a config means, with no state. */
export type Method = {
  /** The row of the catalogue. */
  readonly row: Row;
  /** The config as it was given, unknown keys included. */
  readonly config: SchedulerConfig;
  /** The options that the row reads, with defaults. */
  readonly options: Options;
  /** The keys of the config that the row does not know. */
  readonly ignored: readonly string[];
  /** The noise schedule of the training. */
  readonly schedule: NoiseSchedule;
  /** How α and σ move. */
  readonly path: Path;
  /** The steps of a run: of so many steps, or as it is asked to be. */
  readonly grid: (run: number | Run) => Step[];
  /** The levels that a run along these steps asks about, in order. */
  readonly questions: (steps: readonly Step[]) => Level[];
  /** The standard deviation of the noise that a run along these steps starts from. */
  readonly initNoiseSigma: (steps: readonly Step[]) => number;
  /** The sample as the network is to be given it. */
  readonly modelInput: (question: Question) => Tensor;
  /** Reads what the network said, and keeps the image in range where the config says so. */
  readonly predict: (raw: Tensor, question: Question, options?: PredictOptions) => Prediction;
  /** The sampler that walks the steps from `x`. */
  readonly sampler: (x: Tensor, steps: readonly Step[], options?: SamplerOptions) => Sampler;
};

/** How a network's output is read. */
export type PredictOptions = {
  /** Whether an image kept in range changes the noise, too; what the scheduler does by default. */
  readonly clipsConsistently?: boolean | undefined;
};

/** How a sampler walks. */
export type SamplerOptions = WalkOptions & {
  /** Where fresh noise comes from; needed by samplers that add any. */
  readonly noise?: Noise | undefined;
};

/**
 * What a config means to a row of the catalogue, whatever class the config names. Bundles with this row alone;
 * `methodOf` finds the row by the config's class.
 *
 * @throws {TypeError} when an option has a value that the row cannot use, or two that exclude each other
 *
 * @example
 * ```ts
 * import { methodFor } from "@unnoise/lib";
 * import { ddim } from "@unnoise/lib/schedulers";
 *
 * const { grid } = methodFor(ddim, { timestep_spacing: "trailing" });
 * console.assert(grid(20)[0]![0].time === 999);
 * ```
 */
export function methodFor(row: Row, config: Readonly<Record<string, unknown>> = {}): Method {
  const full = { ...config, _class_name: row.className };
  const foreign = Object.entries(row.foreign ?? {}).filter(([name, values]) => {
    return (values as readonly unknown[]).includes(full[name as keyof typeof full]);
  });
  const native = foreign.map(([name]) => [name, row.options[name as keyof Options]]);
  const { options, ignored: unknown } = readConfig({ ...full, ...Object.fromEntries(native) }, row.options);
  const ignored = [...unknown, ...foreign.map(([name]) => name)];
  const schedule = scheduleFor(row, options);
  const refusal = outside(row, options) ?? (row.refuse?.(options) || blind(options, schedule));
  if (refusal) throw new TypeError(`Cannot configure ${row.className}: ${refusal}`);
  const path = row.path(options);
  const dataSigma = options.sigma_data ?? 1;

  const method: Method = {
    row,
    config: full,
    options,
    ignored,
    schedule,
    path,
    grid(run) {
      const asked = typeof run === "number" ? { count: run } : run;
      checkRun(row, asked);
      return row.grid(options, schedule, asked);
    },
    questions(steps) {
      const nothing = tensor([0]);
      const answer = { x: nothing, raw: nothing, image: nothing, noise: nothing, variance: nothing };
      const sampler = method.sampler(nothing, steps, { noise: () => nothing });
      const levels: Level[] = [];
      for (let turn = sampler.next(); !turn.done; turn = sampler.next(answer)) levels.push(turn.value.at);
      return levels;
    },
    initNoiseSigma([first]) {
      if (first === undefined) throw new RangeError("Cannot start a run of no steps: expected at least one");
      return row.initNoiseSigma(options, first[0]);
    },
    modelInput: (question) => row.scalesInput ? scaleModelInput(question, dataSigma) : question.x,
    predict(output, question, { clipsConsistently: consistent = row.clipsConsistently } = {}) {
      const { raw, variance } = options.variance_type?.startsWith("learned")
        ? splitVariance(output, question.x)
        : { raw: output };
      const prediction = row.read
        ? row.read(options, raw, question)
        : read(row.reading?.(options) ?? options.prediction_type as "epsilon", raw, question, dataSigma);
      const bound = boundOf(options);
      const limited = consistent === undefined || bound === undefined
        ? prediction
        : limit(prediction, question.at, { bound, consistent });
      return variance === undefined ? limited : { ...limited, variance };
    },
    sampler(x, steps, { noise = noNoise, ...chosen } = {}) {
      const read = (raw: Tensor, question: Question) => method.predict(raw, question);
      return row.sampler(x, steps, options, { noise, schedule, read, given: walkOptions(row, chosen) });
    },
  };
  return method;
}

/** What most networks are trained to say; a row whose class reads others lists them in `only`. */
const readings: Row["only"] = { prediction_type: ["epsilon", "sample", "v_prediction"] };

function outside({ only }: Row, options: Options): string | undefined {
  for (const [name, values] of Object.entries({ ...readings, ...only })) {
    const value: unknown = options[name as keyof Options];
    if (value === undefined || (values as readonly unknown[]).includes(value)) continue;
    return `found ${name} = ${JSON.stringify(value)}, expected one of ${values.join(", ")}`;
  }
  return undefined;
}

/** Noise says nothing about the image where there is nothing but noise. */
function blind({ prediction_type, timestep_spacing }: Options, { alphasCumprod }: NoiseSchedule): string | false {
  return alphasCumprod.at(-1) === 0 && prediction_type === "epsilon" && timestep_spacing !== "leading" &&
    `found prediction_type = "epsilon" with a last time that holds no signal, expected v_prediction or sample`;
}

function scheduleFor(row: Row, options: Options): NoiseSchedule {
  const { beta_schedule: name, beta_start: start, beta_end: end, num_train_timesteps: count } = options;
  let schedule: NoiseSchedule;
  if (options.trained_betas) schedule = scheduleOf(Float32Array.from(options.trained_betas));
  else if (name !== undefined) schedule = noiseSchedule({ name, start, end, count });
  else schedule = row.schedule ? { betas: new Float32Array(), alphasCumprod: new Float32Array() } : NO_SCHEDULE;
  if (options.trained_betas && schedule.betas.length !== count) {
    throw new TypeError(
      `Cannot configure ${row.className}: found trained_betas of ${schedule.betas.length} values, expected num_train_timesteps = ${count}`,
    );
  }
  if (options.snr_shift_scale !== undefined) schedule = scaleSnr(schedule, options.snr_shift_scale);
  if (options.rescale_betas_zero_snr) schedule = zeroTerminalSnr(schedule);
  return row.schedule ? row.schedule(options, schedule) : schedule;
}

/** What schedulers without β have: EDM's, and flows. */
const NO_SCHEDULE: NoiseSchedule = {
  betas: /* @__PURE__ */ new Float32Array(),
  alphasCumprod: /* @__PURE__ */ new Float32Array(),
};

function boundOf(options: Options): ((image: Tensor) => Tensor) | undefined {
  if (options.thresholding) {
    const { dynamic_thresholding_ratio: ratio, sample_max_value: max } = options;
    return (image) => threshold(image, { ratio, max });
  }
  const range = options.clip_sample_range ?? 1;
  return options.clip_sample || options.clip_denoised ? (image) => clamp(image, -range, range) : undefined;
}

const noNoise: Noise = () => {
  throw new TypeError("Cannot add fresh noise: got no source of noise, expected one");
};

function checkRun({ title, runs = [] }: Row, run: Run) {
  for (const [name, value] of Object.entries(run)) {
    if (value === undefined || name === "count" || runs.includes(name as typeof runs[number])) continue;
    throw new RangeError(`Cannot set ${name} of ${title}: expected ${["count", ...runs].join(" or ")}`);
  }
  const ways = (["count", "timesteps", "sigmas"] as const).filter((name) => run[name] !== undefined);
  if (ways.length === 1) return;
  const found = ways.length === 0 ? "nothing" : ways.join(" and ");
  throw new RangeError(
    `Cannot set the steps of ${title}: found ${found}, expected one of count, timesteps and sigmas`,
  );
}

function walkOptions({ title, given = {} }: Row, chosen: WalkOptions): WalkOptions {
  const walk: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(chosen)) {
    if (value === undefined) continue;
    if (!(name in given)) throw new RangeError(`Cannot use ${name} with ${title}: found ${value}, expected none`);
    if (typeof value === "number" && !(value >= 0)) {
      throw new RangeError(`Cannot use ${name} ${value}: expected a number of 0 or more`);
    }
    walk[name] = value;
  }
  if (walk.eta as number > 1) throw new RangeError(`Cannot use eta ${walk.eta}: expected a number from 0 to 1`);
  return walk;
}
