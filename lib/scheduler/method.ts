import { limit } from "../prediction/limit.ts";
import type { Prediction, Question } from "../prediction/prediction.ts";
import { read } from "../prediction/read.ts";
import type { Step } from "../schedule/grid.ts";
import { type NoiseSchedule, noiseSchedule, scheduleOf } from "../schedule/noise_schedule.ts";
import type { Noise, Sampler } from "../sampler/sampler.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { catalogue, type Row } from "./catalogue.ts";
import { type Options, readOptions, type SchedulerConfig } from "./config.ts";

/** A scheduler as pure functions: what a config means, with no state. */
export type Method = {
  /** The row of the catalogue that the config names. */
  readonly row: Row;
  /** The config as it was given, unknown keys included. */
  readonly config: SchedulerConfig;
  /** The noise schedule of the training. */
  readonly schedule: NoiseSchedule;
  /** The steps of a run of `count` steps. */
  readonly grid: (count: number) => Step[];
  /** The standard deviation of the noise that a run along these steps starts from. */
  readonly initNoiseSigma: (steps: readonly Step[]) => number;
  /** Reads what the network said, and clips the image where the config says so. */
  readonly predict: (raw: Tensor, question: Question, options?: PredictOptions) => Prediction;
  /** The sampler that walks the steps from `x`. */
  readonly sampler: (x: Tensor, steps: readonly Step[], options?: WalkOptions) => Sampler;
};

/** How a network's output is read. */
export type PredictOptions = {
  /** Whether a clipped image changes the noise, too; what the scheduler does by default. */
  readonly clipsConsistently?: boolean | undefined;
};

/** How a sampler walks. */
export type WalkOptions = {
  /** Where fresh noise comes from; needed by samplers that add any. */
  readonly noise?: Noise | undefined;
  /** How much of DDPM's noise is added, 0 or more; only for schedulers that have an η. */
  readonly eta?: number | undefined;
};

/**
 * What a scheduler's config means.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { methodOf } from "@unnoise/lib";
 *
 * const { grid } = methodOf({ _class_name: "DDIMScheduler", timestep_spacing: "trailing" });
 * console.assert(grid(20)[0]![0].time === 999);
 * ```
 */
export function methodOf(config: SchedulerConfig): Method {
  const row = catalogue.find(({ className }) => className === config._class_name);
  if (row === undefined) {
    const known = catalogue.map(({ className }) => className).join(", ");
    throw new TypeError(`Cannot find scheduler ${JSON.stringify(config._class_name)}: expected one of ${known}`);
  }
  // A row reads only the options that it lists, and readOptions gives every one of these.
  const options = readOptions(config, row.options) as Options;
  const { beta_schedule: name, beta_start: start, beta_end: end, num_train_timesteps: count } = options;
  const schedule = options.trained_betas
    ? scheduleOf(Float32Array.from(options.trained_betas))
    : noiseSchedule({ name, start, end, count });
  if (schedule.betas.length !== count) {
    throw new TypeError(
      `Cannot configure ${row.className}: trained_betas has ${schedule.betas.length} values, expected num_train_timesteps = ${count}`,
    );
  }

  return {
    row,
    config,
    schedule,
    grid: (count) => row.grid(options, schedule, count),
    initNoiseSigma([first]) {
      if (first === undefined) throw new RangeError("Cannot start a run of no steps: expected at least one");
      return row.initNoiseSigma(options, first[0]);
    },
    predict(raw, question, { clipsConsistently: consistent = row.clipsConsistently } = {}) {
      const prediction = read(options.prediction_type, raw, question);
      if (consistent === undefined || !options.clip_sample) return prediction;
      return limit(prediction, question.at, { range: options.clip_sample_range, consistent });
    },
    sampler(x, steps, { noise, eta } = {}) {
      checkEta(row, eta);
      const freshness = row.freshness(options, eta ?? row.eta ?? 0);
      return row.sampler(x, steps, noise === undefined ? { freshness } : { freshness, noise });
    },
  };
}

function checkEta(row: Row, eta: number | undefined) {
  if (eta === undefined) return;
  if (row.eta === undefined) throw new RangeError(`Cannot use eta with ${row.title}: found ${eta}, expected none`);
  if (!(eta >= 0 && eta <= 1)) throw new RangeError(`Cannot use eta ${eta}: expected a number from 0 to 1`);
}
