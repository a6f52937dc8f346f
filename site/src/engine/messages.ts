import type { Level } from "@unnoise/lib";

/** What the worker needs to find the network, fixed when the page is built. */
export type Setup = {
  /** The address of the model's folder. */
  readonly model: string;
  /** The address of the WebAssembly file of onnxruntime-web. */
  readonly wasm: string;
  /** Tells one version of the two from another, so that no browser mixes them. */
  readonly version: string;
  /** The bytes of the two together, unpacked, for the progress bar. */
  readonly bytes: number;
};

/** A picture to make. */
export type Request = {
  readonly prompt: string;
  readonly seed: number;
  readonly steps: number;
  readonly guidanceScale: number;
  readonly scheduler: string;
  /** Where to begin instead of in noise: a guess of an earlier run, to which new noise of the seed is added. */
  readonly from?: { readonly index: number; readonly image: Float32Array };
};

/** A frame on its way between threads: one buffer that changes hands, holding x, image and noise after each other. */
export type WireFrame = {
  readonly index: number;
  readonly count: number;
  readonly level: Level;
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

export type ToWorker =
  | { readonly type: "run"; readonly run: number; readonly setup: Setup; readonly request: Request }
  | { readonly type: "abort" };

export type FromWorker =
  | { readonly type: "download"; readonly run: number; readonly loaded: number; readonly total: number }
  | { readonly type: "starting"; readonly run: number }
  | { readonly type: "frame"; readonly run: number; readonly frame: WireFrame }
  | { readonly type: "done"; readonly run: number; readonly milliseconds: number }
  | { readonly type: "stopped"; readonly run: number }
  | { readonly type: "failed"; readonly run: number; readonly stage: "load" | "run"; readonly message: string };
