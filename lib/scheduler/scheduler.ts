import { addNoise } from "../prediction/add_noise.ts";
import { target } from "../prediction/read.ts";
import type { Generator } from "../random/normal.ts";
import { type Stepper, stepper } from "../sampler/drive.ts";
import type { Noise } from "../sampler/sampler.ts";
import type { Step } from "../schedule/grid.ts";
import { type Level, levelAt, sigmaOf } from "../schedule/level.ts";
import { allFinite } from "../tensor/finite.ts";
import { settle, write } from "../tensor/mix.ts";
import { sameShape, type Tensor } from "../tensor/tensor.ts";
import type { SchedulerConfig } from "./config.ts";
import { type Method, methodFor } from "./method.ts";
import type { Row, Run, WalkOptions } from "./row.ts";

/** The options of one step. Those of the noise count from the first step of a run. */
export type StepOptions = WalkOptions & {
  /** The source of fresh noise. */
  readonly generator?: Generator;
  /** The fresh noise itself, in the shape of the sample, or a function that gives it; goes before `generator`. */
  readonly noise?: Tensor | Noise;
  /** Whether an image kept in range changes the noise, too: DDIM's `use_clipped_model_output`. */
  readonly useClippedModelOutput?: boolean;
  /** Where to write the next sample, so that a step takes no memory; may be the data of `sample`. */
  readonly out?: Float32Array;
};

/** What a step gives. */
export type StepOutput = {
  /** The sample at the next, less noisy level. */
  readonly prevSample: Tensor;
  /**
   * The predicted image, x̂₀. Worked out when its data is first read, from the sample and the model's output: read it before
   * you overwrite these.
   */
  readonly predOriginalSample: Tensor;
};

/** A scheduler with the face that users of diffusers know: it holds the state of one run, you own the loop. */
export type Scheduler = {
  /** The config that made it, unknown keys included. */
  readonly config: SchedulerConfig;
  /** The keys of the config that this class does not know. */
  readonly ignored: readonly string[];
  /** The times that the network is to be asked at, in order. Before `setTimesteps`: none. */
  readonly timesteps: readonly number[];
  /** The σ at each of the times, and at the end: σ/α, or σ itself on a rectified flow. */
  readonly sigmas: readonly number[];
  /** The standard deviation of the noise that a run starts from. */
  readonly initNoiseSigma: number;
  /** Starts a new run: of so many steps, or as it is asked to be. */
  readonly setTimesteps: (run: number | Run) => void;
  /** Says at which of the times the run begins, counted from 0. Needed where a time occurs twice. */
  readonly setBeginIndex: (index: number) => void;
  /** The sample as the network expects it at a time. */
  readonly scaleModelInput: (sample: Tensor, timestep: number) => Tensor;
  /** Takes one step with what the network said. */
  readonly step: (modelOutput: Tensor, timestep: number, sample: Tensor, options?: StepOptions) => StepOutput;
  /** Noise added to an image, up to the level of a time. */
  readonly addNoise: (image: Tensor, noise: Tensor, timestep: number) => Tensor;
  /** The velocity v of an image and a noise at a time. */
  readonly getVelocity: (image: Tensor, noise: Tensor, timestep: number) => Tensor;
};

/**
 * A scheduler from a row of the catalogue and a config. Bundles with this row alone; `createScheduler` takes diffusers'
 * `scheduler_config.json` and finds the row itself.
 *
 * Its `step` takes the samples in the order of `timesteps`; a time that is not the next one is a `RangeError` naming both.
 *
 * @throws {TypeError} when an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { schedulerOf, torchGenerator } from "@unnoise/lib";
 * import { ddim } from "@unnoise/lib/schedulers";
 *
 * const scheduler = schedulerOf(ddim, { prediction_type: "epsilon" });
 * scheduler.setTimesteps(10);
 * let sample = torchGenerator(0).randn([1, 1, 8, 8]);
 * for (const t of scheduler.timesteps) {
 *   const modelOutput = scheduler.scaleModelInput(sample, t); // your network goes here
 *   sample = scheduler.step(modelOutput, t, sample).prevSample;
 * }
 * console.assert(sample.shape.join() === "1,1,8,8");
 * ```
 */
export function schedulerOf(row: Row, config: Readonly<Record<string, unknown>> = {}): Scheduler {
  return schedulerFor(methodFor(row, config));
}

/**
 * A scheduler of a method: what `schedulerOf` and `createScheduler` both end in.
 *
 * @example
 * ```ts
 * import { methodOf, schedulerFor } from "@unnoise/lib";
 *
 * const scheduler = schedulerFor(methodOf({ _class_name: "DDIMScheduler" }));
 * scheduler.setTimesteps(2);
 * console.assert(scheduler.timesteps.join() === "500,0");
 * ```
 */
export function schedulerFor(method: Method): Scheduler {
  let steps: readonly Step[] = [];
  let questions: readonly Level[] = [];
  let begin: number | undefined;
  let walk: Stepper | undefined;
  let given: StepOptions = {};

  /** The index of the first question that each step asks: the last that is asked at its beginning. */
  const firstQuestion = ([from]: Step) => questions.lastIndexOf(from);

  const noise: Noise = (shape, from, to) => {
    const { noise, generator } = given;
    const drawn = typeof noise === "function" ? noise(shape, from, to) : noise ?? generator?.randn(shape);
    if (drawn !== undefined) return drawn;
    throw new TypeError(`Cannot step ${method.row.title} without fresh noise: expected a generator or a noise`);
  };

  function levelOf(time: number): Level {
    const next = walk?.question?.at ?? questions[begin ?? 0];
    const level = next?.time === time ? next : questions.find((level) => level.time === time);
    if (level !== undefined) return level;
    if (method.schedule.betas.length > 0) return levelAt(method.schedule, time, method.path);
    throw new RangeError(
      `Cannot find the level at timestep ${time}: expected one of ${scheduler.timesteps.join(", ")}`,
    );
  }

  function begun(sample: Tensor, timestep: number): Stepper {
    if (steps.length === 0) throw new RangeError("Cannot step: no run is set, expected setTimesteps before");
    if (!allFinite(sample)) throw new RangeError("Cannot step: found NaN or infinity in the sample, expected numbers");
    const index = begin === undefined
      ? steps.findIndex(([from]) => from.time === timestep)
      : steps.findIndex((step) => firstQuestion(step) === begin);
    if (index === -1) {
      throw new RangeError(`Cannot step at timestep ${timestep}: expected one of ${scheduler.timesteps.join(", ")}`);
    }
    const { generator: _, noise: __, out: ___, useClippedModelOutput: ____, ...options } = given;
    return stepper(method.sampler(sample, steps.slice(index), { ...options, noise }));
  }

  const scheduler: Scheduler = {
    config: method.config,
    ignored: method.ignored,
    get timesteps() {
      return questions.map(({ time }) => time);
    },
    get sigmas() {
      return [...questions, ...steps.slice(-1).map(([, end]) => end)].map((level) => sigmaOf(level, method.path));
    },
    get initNoiseSigma() {
      return method.initNoiseSigma(steps);
    },
    setTimesteps(run) {
      steps = method.grid(run);
      questions = method.questions(steps);
      begin = undefined;
      walk = undefined;
    },
    setBeginIndex(index) {
      if (!steps.some((step) => firstQuestion(step) === index)) {
        throw new RangeError(
          `Cannot begin at index ${index}: expected one where a step begins, ${steps.map(firstQuestion).join(", ")}`,
        );
      }
      begin = index;
      walk = undefined;
    },
    scaleModelInput: (x, timestep) => method.modelInput({ x, at: levelOf(timestep) }),
    step(modelOutput, timestep, sample, options = {}) {
      given = options;
      walk ??= begun(sample, timestep);
      const { question } = walk;
      if (question?.at.time !== timestep) {
        throw new RangeError(
          `Cannot step at timestep ${timestep}: expected ${question?.at.time ?? "no further one, the run is finished"}`,
        );
      }
      if (!sameShape(question.x.shape, sample.shape)) {
        throw new RangeError(`Cannot step: found a sample of shape [${sample.shape}], expected [${question.x.shape}]`);
      }
      const learned = method.options.variance_type?.startsWith("learned");
      if (!learned && !sameShape(modelOutput.shape, sample.shape)) {
        throw new RangeError(
          `Cannot step: found a model output of shape [${modelOutput.shape}], expected the sample's, [${sample.shape}]`,
        );
      }
      if (!allFinite(modelOutput)) {
        throw new RangeError("Cannot step: found NaN or infinity in the model output, expected numbers");
      }
      const prediction = method.predict(modelOutput, { x: sample, at: question.at }, {
        clipsConsistently: options.useClippedModelOutput,
      });
      const { image } = prediction;
      const { out } = options;
      const next = walk.step(prediction);
      if (out === sample.data || out === modelOutput.data) settle(image);
      return { prevSample: out === undefined ? settle(next) : write(next, out), predOriginalSample: image };
    },
    addNoise: (image, noise, timestep) => addNoise(image, noise, levelOf(timestep)),
    getVelocity: (image, noise, timestep) => target("v_prediction", image, noise, levelOf(timestep)),
  };
  return scheduler;
}
