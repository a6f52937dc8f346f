import type { Network } from "../prediction/prediction.ts";
import type { InputMetadata, RuntimeTensor, Session } from "../runtime/runtime.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";

/** The labels that a batch is asked for: one class index a picture. */
export type Labels = readonly number[];

/** What a network's inputs may be filled with. */
type Values = { readonly sample: Tensor; readonly time: number; readonly labels: Labels };

/** How each input that we know is filled. Types and shapes are the network's to say. */
const fillers: Readonly<Record<string, (input: InputMetadata, values: Values) => RuntimeTensor>> = {
  sample: (_, { sample }) => ({ type: "float32", ...sample }),
  timestep: (input, { sample, time }) => vector(input, Array<number>(sample.shape[0]!).fill(time)),
  class_labels: (input, { labels }) => vector(input, labels),
};

/**
 * A denoising network behind a session: all conditions go through it as one batch.
 *
 * Names, element types and shapes of the inputs are read from the session.
 *
 * @throws {TypeError} when the network has an input that we do not know
 *
 * @example
 * ```ts
 * import { denoiser, type Session, tensor } from "@unnoise/lib";
 *
 * const session: Session = { // a runtime's `open` gives a real one
 *   inputs: [{ name: "sample", type: "float32", shape: ["batch", 1, 2, 2] }],
 *   run: ({ sample }) => Promise.resolve({ out_sample: sample! }),
 *   release: () => Promise.resolve(),
 * };
 * const question = { x: tensor([1, 1, 2, 2]), at: { time: 999, alpha: 0, sigma: 1 } };
 * const [without, wanted] = await denoiser(session)(question, [[10], [9]]);
 * console.assert(without!.shape.join() === "1,1,2,2" && wanted!.shape.join() === "1,1,2,2");
 * ```
 */
export function denoiser(session: Session): Network<Labels> {
  for (const { name } of session.inputs) {
    if (!Object.hasOwn(fillers, name)) {
      throw new TypeError(
        `Cannot use the network: it has an input "${name}", expected ${Object.keys(fillers).join(", ")}`,
      );
    }
  }
  return async (question, conditions) => {
    const sample = concatenate(conditions.map(() => question.x));
    const values = { sample, time: question.at.time, labels: conditions.flat() };
    const feeds = session.inputs.map((input) => [input.name, fillers[input.name]!(input, values)]);
    const [output] = Object.values(await session.run(Object.fromEntries(feeds)));
    const raw = tensor(sample.shape, output?.data as Float32Array);
    return parts(raw, conditions.length);
  };
}

/** A list of numbers in the element type of an input; a scalar where the input has no axis. */
function vector({ name, type, shape }: InputMetadata, values: readonly number[]): RuntimeTensor {
  const numbers = shape.length === 0 ? values.slice(0, 1) : values;
  const lengths = shape.length === 0 ? [] : [numbers.length];
  switch (type) {
    case "float32":
      return { type, data: Float32Array.from(numbers), shape: lengths };
    case "int64":
      return { type, data: BigInt64Array.from(numbers, (number) => BigInt(Math.round(number))), shape: lengths };
    case "int32":
      return { type, data: Int32Array.from(numbers, Math.round), shape: lengths };
    default:
      throw new TypeError(`Cannot fill input "${name}": found type ${type}, expected float32, int64 or int32`);
  }
}

function parts(whole: Tensor, count: number): Tensor[] {
  const items = unstack(whole);
  const size = items.length / count;
  return Array.from({ length: count }, (_, i) => concatenate(items.slice(i * size, (i + 1) * size)));
}
