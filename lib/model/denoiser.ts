import type { Network } from "../prediction/prediction.ts";
import type { Session } from "../runtime/runtime.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import { feeds } from "./feed.ts";
import type { Condition } from "./prompt.ts";

/**
 * A denoising network behind a session: all conditions, each a list of one condition a picture, go through it as one
 * batch.
 *
 * Names, element types and shapes of the inputs are read from the session.
 *
 * @param told the names of the inputs that conditions fill
 * @throws {TypeError} when the network has an input that nothing fills
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
 * const label = (value: number) => ({ class_labels: tensor([1], new Float32Array([value])) });
 * const [without, wanted] = await denoiser(session, ["class_labels"])(question, [[label(10)], [label(9)]]);
 * console.assert(without!.shape.join() === "1,1,2,2" && wanted!.shape.join() === "1,1,2,2");
 * ```
 */
export function denoiser(session: Session, told: readonly string[]): Network<readonly Condition[]> {
  const known = ["sample", "timestep", ...told];
  for (const { name } of session.inputs) {
    if (known.includes(name)) continue;
    throw new TypeError(`Cannot use the network: it has an input "${name}", expected ${known.join(", ")}`);
  }
  return async ({ x, at }, conditions) => {
    const sample = concatenate(conditions.map(() => x));
    const [output] = Object.values(await session.run(feeds(session.inputs, { x: sample, at }, conditions.flat())));
    return parts(tensor(sample.shape, output?.data as Float32Array), conditions.length);
  };
}

function parts(whole: Tensor, count: number): Tensor[] {
  const items = unstack(whole);
  const size = items.length / count;
  return Array.from({ length: count }, (_, i) => concatenate(items.slice(i * size, (i + 1) * size)));
}
