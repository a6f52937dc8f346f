import { type Frame, type Tensor, tensor } from "@unnoise/lib";
import type { WireFrame } from "./messages.ts";

/** Packs a frame of one picture into a buffer of its own: the sampler still needs the tensors themselves. */
export function pack({ index, count, level, x, image, noise }: Frame): WireFrame {
  const size = x.data.length;
  const values = new Float32Array(3 * size);
  [x, image, noise].forEach(({ data }, i) => values.set(data, i * size));
  return { index, count, level, shape: x.shape, values };
}

export function unpack({ index, count, level, shape, values }: WireFrame): Frame {
  const size = values.length / 3;
  const piece = (i: number): Tensor => tensor(shape, values.subarray(i * size, (i + 1) * size));
  return { index, count, level, x: piece(0), image: piece(1), noise: piece(2) };
}
