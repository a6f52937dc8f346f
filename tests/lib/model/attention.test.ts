import { expect, test } from "vitest";
import { openAttention } from "../../../lib/model/attention.ts";
import type { Folder } from "../../../lib/model/folder.ts";
import type { Runtime, RuntimeTensor } from "../../../lib/runtime/runtime.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const opened: number[][] = [];

function runtime(outputs: Readonly<Record<string, RuntimeTensor>>): Runtime {
  return {
    device: "cpu",
    open(model) {
      opened.push([...model]);
      return Promise.resolve({ inputs: [], run: () => Promise.resolve(outputs), release: () => Promise.resolve() });
    },
  };
}

const folder: Folder = {
  location: "a folder",
  read: (path) => Promise.resolve(Uint8Array.from(path === "unet/model.onnx" ? [1, 2] : [3])),
};
const float32 = (shape: readonly number[], data: readonly number[]): RuntimeTensor => ({
  type: "float32",
  shape,
  data: Float32Array.from(data),
});
const x = tensor([1, 4, 2, 4]);
const question = { x, at: { time: 0, alpha: 1, sigma: 0 } };

test("the names of the outputs follow the network, and maps become the mean over heads and layers in the sample's size", async () => {
  const { look } = await openAttention(
    folder,
    runtime({
      out_sample: float32([1, 4, 2, 4], new Array<number>(32).fill(9)),
      // Two heads, two places (1×2), three tokens.
      "attention.small": float32([1, 2, 2, 3], [1, 0, 0, 0, 1, 0, 0.5, 0.5, 0, 0, 0.5, 0.5]),
      "attention.large": float32([1, 1, 8, 3], Array.from({ length: 8 }, () => [0, 0, 1]).flat()),
    }),
  );
  expect(opened.at(-1)).toEqual([1, 2, 3]);
  const maps = await look(question, []);
  expect(maps.shape).toEqual([1, 3, 2, 4]);
  // The first token: 0.75 left and 0 right in the small layer, bilinearly four wide; nothing in the large one.
  const rows = [0.375, 0.28125, 0.09375, 0];
  expect([...maps.data.subarray(0, 8)]).toEqual([...rows, ...rows]);
  for (let place = 0; place < 8; place++) {
    expect(maps.data[place]! + maps.data[8 + place]! + maps.data[16 + place]!).toBeCloseTo(1, 6);
  }
});

test("a network without maps is refused in a sentence", async () => {
  const { look } = await openAttention(folder, runtime({ out_sample: float32([1], [0]) }));
  await expect(look(question, [])).rejects.toThrow(
    'Cannot look at words with a folder: found outputs out_sample, expected some that begin with "attention."',
  );
});
