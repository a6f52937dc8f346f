import { z } from "zod";
import type { Runtime, RuntimeTensor, Session } from "../runtime/runtime.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import { sameShape, type Tensor, tensor } from "../tensor/tensor.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import { readJson } from "./read_json.ts";

/** A classifier that judges pictures, loaded and ready. */
export type Judge = {
  /** The shape of a picture: channels, height, width. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /** What it tells apart: the names behind each of its outputs, `{ style: ["flat", …], object: ["pizza", …] }`. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Judges pictures `[count, channels, height, width]` from −1 to 1. */
  readonly judge: (pictures: Tensor, options?: JudgeOptions) => Promise<Judgement>;
  /** Gives its memory back. */
  readonly release: () => Promise<void>;
};

/** How pictures are judged. */
export type JudgeOptions = {
  /** How many at once, 64 by default. */
  readonly batch?: number | undefined;
  /** Told how many have been judged, after each batch. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops between two batches. */
  readonly signal?: AbortSignal | undefined;
};

/** What a judge says of pictures. */
export type Judgement = {
  /** Of each output how much each of its labels is favoured, `[count, labels]`; not normalised. */
  readonly scores: Readonly<Record<string, Tensor>>;
  /** What the judge sees in each picture, `[count, features]`: what Fréchet distances are of. */
  readonly features: Tensor;
};

const FEATURES = "features";

const schemas = () => ({ labels: z.record(z.string(), z.array(z.string()).min(1)) });

/**
 * Opens a judge: a folder with `model.onnx` (from `sample` to `features` and an output a kind of label) and `labels.json`,
 * which names the labels of each output; names of what is no output are left alone.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 *
 * @example
 * ```ts
 * import { bestLabels, openJudge, tensor } from "@unnoise/lib";
 * import { diskFolder } from "@unnoise/lib/model/disk";
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * const judge = await openJudge(diskFolder("models/judges/fashion"), nodeRuntime());
 * const { scores, features } = await judge.judge(tensor([1, ...judge.shape]));
 * console.log(judge.labels.logits![bestLabels(scores.logits!)[0]![0]!]);
 * console.assert(features.shape.join() === "1,128");
 * await judge.release();
 * ```
 */
export async function openJudge(folder: Folder, runtime: Runtime, options: ReadOptions = {}): Promise<Judge> {
  const [named, weights] = await Promise.all([
    readJson(folder, "labels.json", schemas().labels, options),
    folder.read("model.onnx", options),
  ]);
  const session = await runtime.open(weights);
  const shape = shapeOf(session, folder);
  // What the network puts out is known once it has run, and wrong names are better found now than among a user's pictures.
  const outputs = await session.run({ sample: { type: "float32", ...tensor([1, ...shape]) } });
  const labels = labelsFor(outputs, named, folder);
  return {
    shape,
    labels,
    async judge(pictures, { batch = 64, onProgress, signal } = {}) {
      checkPictures(pictures, shape);
      if (!Number.isSafeInteger(batch) || batch < 1) {
        throw new RangeError(`Cannot judge ${batch} pictures at once: expected a whole number of 1 or more`);
      }
      const items = unstack(pictures);
      const parts: Judgement[] = [];
      for (let done = 0; done < items.length;) {
        signal?.throwIfAborted();
        const sample = concatenate(items.slice(done, done + batch));
        parts.push(judgementOf(await session.run({ sample: { type: "float32", ...sample } }), labels));
        done += sample.shape[0]!;
        onProgress?.(done, items.length);
      }
      return {
        scores: Object.fromEntries(
          Object.keys(labels).map((output) => [output, concatenate(parts.map(({ scores }) => scores[output]!))]),
        ),
        features: concatenate(parts.map(({ features }) => features)),
      };
    },
    release: session.release,
  };
}

/**
 * The places of the highest scores of each picture, the best first.
 *
 * @param scores `[count, labels]`
 * @param count how many places a picture, 1 by default
 *
 * @example
 * ```ts
 * import { bestLabels, tensor } from "@unnoise/lib";
 *
 * const scores = tensor([1, 3], new Float32Array([0.5, -1, 2]));
 * console.assert(bestLabels(scores, 2)[0]!.join() === "2,0");
 * ```
 */
export function bestLabels(scores: Tensor, count = 1): number[][] {
  return unstack(scores).map(({ data }) => {
    return Array.from(data.keys()).sort((a, b) => data[b]! - data[a]!).slice(0, count);
  });
}

function shapeOf({ inputs }: Session, { location }: Folder): Judge["shape"] {
  const [input] = inputs;
  const [, ...shape] = input?.shape ?? [];
  if (inputs.length !== 1 || input?.name !== "sample" || shape.length !== 3 || !shape.every(Number.isInteger)) {
    const found = inputs.map(({ name, shape }) => `${name} [${shape}]`).join(", ");
    throw new TypeError(
      `Cannot use the judge in ${location}: found inputs ${found}, expected one, sample [batch, channels, height, width]`,
    );
  }
  return shape as [number, number, number];
}

function checkPictures({ shape }: Tensor, expected: Judge["shape"]) {
  if (shape.length === 4 && shape[0]! > 0 && sameShape(shape.slice(1), expected)) return;
  throw new RangeError(`Cannot judge pictures of shape [${shape}]: expected [1 or more, ${expected.join(", ")}]`);
}

/** The names of the outputs that there are, checked. */
function labelsFor(outputs: Outputs, named: Judge["labels"], { location }: Folder): Judge["labels"] {
  const labels = Object.entries(named).filter(([output]) => Object.hasOwn(outputs, output) && output !== FEATURES);
  if (labels.length === 0 || !Object.values(outputs).every(isTable) || !Object.hasOwn(outputs, FEATURES)) {
    const found = Object.entries(outputs).map(([name, { shape }]) => `${name} [${shape}]`).join(", ");
    const expected = `${FEATURES} and any of ${Object.keys(named).join(", ")}, each [batch, values]`;
    throw new TypeError(`Cannot use the judge in ${location}: found outputs ${found}, expected ${expected}`);
  }
  for (const [output, names] of labels) {
    const count = outputs[output]!.shape[1];
    if (count === names.length) continue;
    throw new TypeError(
      `Cannot use the judge in ${location}: labels.json has ${names.length} names for ${output}, expected ${count}`,
    );
  }
  return Object.fromEntries(labels);
}

type Outputs = Readonly<Record<string, RuntimeTensor>>;

function isTable({ type, shape }: RuntimeTensor): boolean {
  return type === "float32" && shape.length === 2;
}

function judgementOf(outputs: Outputs, labels: Judge["labels"]): Judgement {
  const read = (name: string) => tensor(outputs[name]!.shape, outputs[name]!.data as Float32Array);
  return {
    scores: Object.fromEntries(Object.keys(labels).map((output) => [output, read(output)])),
    features: read(FEATURES),
  };
}
