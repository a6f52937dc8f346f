import { describe, expect, it } from "vitest";
import type { Frame } from "../../../lib/pipeline/frame.ts";
import { type Previews, shown } from "../../../lib/pipeline/previews.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const still = { level: { time: 0, alpha: 1, sigma: 0 }, x: tensor([1]), noise: tensor([1]) };

async function* run(): AsyncGenerator<Frame> {
  for (let index = 0; index < 3; index++) {
    yield { ...still, index, count: 2, image: tensor([1], new Float32Array([index])) };
  }
}

/** A model whose decoder says ten times as much, and whose previews say one more. */
const model = {
  decode: ({ data }: { readonly data: Float32Array }) => Promise.resolve(tensor([1], data.map((value) => value * 10))),
  preview: ({ data }: { readonly data: Float32Array }) => tensor([1], data.map((value) => value + 1)),
};

async function pictures(previews: Previews): Promise<(number | undefined)[]> {
  const finish = ({ data }: { readonly data: Float32Array }) => tensor([1], data.map((value) => value + 0.5));
  const frames = await Array.fromAsync(shown(run(), { model, previews, finish }));
  return frames.map(({ picture }) => picture?.data[0]);
}

describe("shown", () => {
  it.each(
    [
      ["none", [undefined, undefined, 20.5]],
      ["rough", [1, 2, 20.5]],
      ["full", [0.5, 10.5, 20.5]],
    ] as const,
  )("shows %s of the frames before the last", async (previews, expected) => {
    expect(await pictures(previews)).toEqual(expected);
  });
});
