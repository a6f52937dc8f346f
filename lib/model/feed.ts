import type { Question } from "../prediction/prediction.ts";
import type { InputMetadata, RuntimeTensor } from "../runtime/runtime.ts";
import { concatenate } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Condition } from "./prompt.ts";

/**
 * A tensor in the element type of a network's input; its first value alone where the input has no axis.
 *
 * @throws {TypeError} when the input has a type that it cannot be given
 */
export function feed({ name, type, shape }: InputMetadata, value: Tensor): RuntimeTensor {
  const [data, lengths] = shape.length === 0 ? [value.data.subarray(0, 1), []] : [value.data, value.shape];
  switch (type) {
    case "float32":
      return { type, data, shape: lengths };
    case "int64":
      return { type, data: BigInt64Array.from(data, (number) => BigInt(Math.round(number))), shape: lengths };
    case "int32":
      return { type, data: Int32Array.from(data, Math.round), shape: lengths };
    default:
      throw new TypeError(`Cannot fill input "${name}": found type ${type}, expected float32, int64 or int32`);
  }
}

/** What a denoising network is fed: `sample`, `timestep`, and by name what one condition a picture says. */
export function feeds(
  inputs: readonly InputMetadata[],
  { x, at }: Question,
  conditions: readonly Condition[],
): Record<string, RuntimeTensor> {
  const value = (name: string): Tensor => {
    if (name === "sample") return x;
    if (name === "timestep") return tensor([conditions.length], new Float32Array(conditions.length).fill(at.time));
    return concatenate(conditions.map((condition) => condition[name]!));
  };
  return Object.fromEntries(inputs.map((input) => [input.name, feed(input, value(input.name))]));
}
