import { addNoise } from "../prediction/add_noise.ts";
import { target } from "../prediction/read.ts";
import { scaleModelInput } from "../prediction/scale_model_input.ts";
import type { Generator } from "../random/normal.ts";
import { type Stepper, stepper } from "../sampler/drive.ts";
import { grid, type Step } from "../schedule/grid.ts";
import { levelAt } from "../schedule/level.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { SchedulerConfig } from "./config.ts";
import { methodOf } from "./method.ts";

/** The options of one step. */
export type StepOptions = {
  /** The source of fresh noise. */
  readonly generator?: Generator;
  /** The fresh noise itself, in the shape of the sample; goes before `generator`. */
  readonly noise?: Tensor;
  /** How much of DDPM's noise is added, 0 to 1; only for schedulers that have an η. Counts from the first step of a run. */
  readonly eta?: number;
  /** Whether a clipped image changes the noise, too: DDIM's `use_clipped_model_output`. */
  readonly useClippedModelOutput?: boolean;
};

/** What a step gives. */
export type StepOutput = {
  /** The sample at the next, less noisy level. */
  readonly prevSample: Tensor;
  /** The predicted image, x̂₀. */
  readonly predOriginalSample: Tensor;
};

/** A scheduler with the face that users of diffusers know: it holds the state of one run, you own the loop. */
export type Scheduler = {
  /** The config that made it, unknown keys included. */
  readonly config: SchedulerConfig;
  /** The times of the run, in order. Before `setTimesteps`: all times of the training. */
  readonly timesteps: readonly number[];
  /** σ/α at each of the times, and at the end. */
  readonly sigmas: readonly number[];
  /** The standard deviation of the noise that a run starts from. */
  readonly initNoiseSigma: number;
  /** Starts a new run of `count` steps. */
  readonly setTimesteps: (count: number) => void;
  /** Says at which step the run begins, counted from 0. Needed where the first sample is not that of the first step. */
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
 * A scheduler from diffusers' `scheduler_config.json`. Another class reads the same JSON: change `_class_name`.
 *
 * Its `step` takes the samples in the order of `timesteps`; a time that is not the next one is a `RangeError` naming both.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { createScheduler, torchGenerator } from "@unnoise/lib";
 *
 * const scheduler = createScheduler({ _class_name: "DDIMScheduler", prediction_type: "epsilon" });
 * scheduler.setTimesteps(10);
 * let sample = torchGenerator(0).randn([1, 1, 8, 8]);
 * for (const t of scheduler.timesteps) {
 *   const modelOutput = scheduler.scaleModelInput(sample, t); // your network goes here
 *   sample = scheduler.step(modelOutput, t, sample).prevSample;
 * }
 * console.assert(sample.shape.join() === "1,1,8,8");
 * ```
 */
export function createScheduler(config: SchedulerConfig): Scheduler {
  const method = methodOf(config);
  const { path } = method.row;
  const { length: count } = method.schedule.betas;
  const everyTime = Array.from({ length: count + 1 }, (_, i) => count - 1 - i);
  let steps: readonly Step[] = grid(everyTime.map((time) => levelAt(method.schedule, time, path)));
  let begin: number | undefined;
  let walk: Stepper | undefined;
  let given: StepOptions = {};

  const timeOf = ([from]: Step) => from.time;
  const levelOf = (time: number) =>
    steps.find(([from]) => from.time === time)?.[0] ?? levelAt(method.schedule, time, path);

  function drawNoise(shape: readonly number[]): Tensor {
    const noise = given.noise ?? given.generator?.randn(shape);
    if (noise === undefined) {
      throw new TypeError(`Cannot step ${method.row.title} without fresh noise: expected a generator or a noise`);
    }
    return noise;
  }

  function begun(sample: Tensor, timestep: number): Stepper {
    const index = begin ?? steps.findIndex((step) => timeOf(step) === timestep);
    if (index === -1) {
      throw new RangeError(`Cannot step at timestep ${timestep}: expected one of ${steps.map(timeOf).join(", ")}`);
    }
    return stepper(method.sampler(sample, steps.slice(index), { noise: drawNoise, eta: given.eta }));
  }

  return {
    config,
    get timesteps() {
      return steps.map(timeOf);
    },
    get sigmas() {
      const [, end] = steps.at(-1)!;
      return [...steps.map(([from]) => from), end].map(({ alpha, sigma }) => sigma / alpha);
    },
    get initNoiseSigma() {
      return method.initNoiseSigma(steps);
    },
    setTimesteps(count) {
      steps = method.grid(count);
      begin = undefined;
      walk = undefined;
    },
    setBeginIndex(index) {
      if (!(index in steps)) {
        throw new RangeError(`Cannot begin at step ${index}: expected a whole number from 0 to ${steps.length - 1}`);
      }
      begin = index;
      walk = undefined;
    },
    scaleModelInput: (x, timestep) => scaleModelInput({ x, at: levelOf(timestep) }),
    step(modelOutput, timestep, sample, options = {}) {
      given = options;
      walk ??= begun(sample, timestep);
      const { question } = walk;
      if (question?.at.time !== timestep) {
        throw new RangeError(
          `Cannot step at timestep ${timestep}: expected ${question?.at.time ?? "no further one, the run is finished"}`,
        );
      }
      const prediction = method.predict(modelOutput, { x: sample, at: question.at }, {
        clipsConsistently: options.useClippedModelOutput,
      });
      return { prevSample: walk.step(prediction), predOriginalSample: prediction.image };
    },
    addNoise: (image, noise, timestep) => addNoise(image, noise, levelOf(timestep)),
    getVelocity: (image, noise, timestep) => target("v_prediction", image, noise, levelAt(method.schedule, timestep)),
  };
}
