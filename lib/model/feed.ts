import type { InputMetadata, RuntimeTensor } from "../runtime/runtime.ts";
import type { Tensor } from "../tensor/tensor.ts";

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
