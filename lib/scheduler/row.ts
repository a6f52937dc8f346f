import type { Prediction, Question } from "../prediction/prediction.ts";
import type { Reading } from "../prediction/read.ts";
import type { Noise, Sampler } from "../sampler/sampler.ts";
import type { Step } from "../schedule/grid.ts";
import type { Level, Path } from "../schedule/level.ts";
import type { NoiseSchedule } from "../schedule/noise_schedule.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Options } from "./options.ts";

/** What networks a scheduler is for: those of one family are run by each scheduler of it, with the same config. */
export type Family =
  | "diffusion"
  | "cosine"
  | "edm"
  | "flow"
  | "consistency"
  | "trigflow"
  | "score"
  | "score_vp"
  | "prior";

/** What a run is asked to be. */
export type Run = {
  /** The number of steps; goes with every scheduler. */
  readonly count?: number;
  /** The times to ask at, falling, instead of a count. */
  readonly timesteps?: readonly number[];
  /** The σ to ask at, falling, instead of a count. */
  readonly sigmas?: readonly number[];
  /** The shift of a flow, for the size of this picture: diffusers' `mu`. */
  readonly mu?: number;
  /** The number of steps that the model was distilled from: diffusers' `original_inference_steps`. */
  readonly originalInferenceSteps?: number;
  /** How much of the run an image → image run takes, which chooses its times: diffusers' `strength`. */
  readonly strength?: number;
  /** How far RePaint goes back. */
  readonly jumpLength?: number;
  /** How often RePaint goes back. */
  readonly jumpCount?: number;
  /** The largest time of sCM, as an angle. */
  readonly maxTimesteps?: number;
  /** The time between, of sCM's two steps; null for one halfway. */
  readonly intermediateTimesteps?: number | null;
};

/** What a caller may say of how a run adds noise; a row lists those that its sampler heeds. */
export type WalkOptions = {
  /** How much of DDPM's noise is added. */
  readonly eta?: number | undefined;
  /** How much noise is added before a step. */
  readonly sChurn?: number | undefined;
  /** The least σ at which any is. */
  readonly sTmin?: number | undefined;
  /** The largest σ at which any is. */
  readonly sTmax?: number | undefined;
  /** How much more noise than asked is drawn. */
  readonly sNoise?: number | undefined;
  /** The order of LMS. */
  readonly order?: number | undefined;
  /** What an inpainting sampler keeps. */
  readonly known?: Known | undefined;
};

/** A picture of which a part is kept. */
export type Known = {
  /** The picture. */
  readonly image: Tensor;
  /** 1 where it is kept, 0 where it is made anew. */
  readonly mask: Tensor;
};

/** What a sampler is handed besides its steps. */
export type Walk = {
  /** Where fresh noise comes from. */
  readonly noise: Noise;
  /** The noise schedule of the training, for samplers that pass by levels of it. */
  readonly schedule: NoiseSchedule;
  /** Reads a network's output, for samplers that combine outputs before they read them. */
  readonly read: (raw: Tensor, question: Question) => Prediction;
  /** What the caller said, or else the row. */
  readonly given: WalkOptions;
};

/** A scheduler, said in parts: a path, a grid of steps, a reading, a sampler and how much noise it draws anew. */
export type Row = {
  /** The short name, as command line and endpoint take it. */
  readonly name: string;
  /** The class of diffusers that does the same; where there is none, a name of the same form. */
  readonly className: string;
  /** The name to show to people. */
  readonly title: string;
  /** The paper that the method comes from. */
  readonly source: string;
  /** What networks it is for. */
  readonly family: Family;
  /** The options that it reads, with diffusers' defaults. */
  readonly options: Partial<Options>;
  /** The values that an option is held to, where the class knows fewer than others do. */
  readonly only?: { readonly [Name in keyof Options]?: readonly Options[Name][] };
  /** Values of an option that other classes have: they mean this class's default, so that one config serves many. */
  readonly foreign?: { readonly [Name in keyof Options]?: readonly Options[Name][] };
  /** What a run may be asked besides a count. */
  readonly runs?: readonly (Exclude<keyof Run, "count">)[];
  /** What a caller may say of the noise, with the values that hold when nothing is said. */
  readonly given?: WalkOptions;
  /** Says what is impossible or would end in NaN: what was found and what is expected. */
  readonly refuse?: (options: Options) => string | false | undefined;
  /** The noise schedule, where it is not the one that the β give. */
  readonly schedule?: (options: Options, schedule: NoiseSchedule) => NoiseSchedule;
  /** How α and σ move. */
  readonly path: (options: Options) => Path;
  /** The steps of a run. */
  readonly grid: (options: Options, schedule: NoiseSchedule, run: Run) => Step[];
  /** How the network's output is read, where it is not by `prediction_type` alone. */
  readonly read?: (options: Options, raw: Tensor, question: Question) => Prediction;
  /** What the network says, where the option has another word for it. */
  readonly reading?: (options: Options) => Reading;
  /** Whether an image kept in range changes the noise, too; absent where images are never kept in range. */
  readonly clipsConsistently?: boolean;
  /** Whether the network gets samples scaled to the variance of the training. */
  readonly scalesInput: boolean;
  /** The sampler that walks the steps. */
  readonly sampler: (x: Tensor, steps: readonly Step[], options: Options, walk: Walk) => Sampler;
  /** The standard deviation of the noise that a run starts from. */
  readonly initNoiseSigma: (options: Options, first: Level) => number;
  /** How many steps people take with it, where they are not the many of most. */
  readonly usualSteps?: number;
  /** What its page says. */
  readonly page: Page;
};

/** What people want to know of a scheduler. */
export type Page = {
  /** One step, in the letters of this library. */
  readonly formula: string;
  /** Questions asked of the network a step. */
  readonly evaluations: number;
  /** The order of accuracy without fresh noise. */
  readonly order: number;
  /** When to use it, in a sentence. */
  readonly advice: string;
};
