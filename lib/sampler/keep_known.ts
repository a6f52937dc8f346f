import { addNoise } from "../prediction/add_noise.ts";
import type { Level } from "../schedule/level.ts";
import { settle } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { zip } from "../tensor/zip.ts";
import type { Sampler } from "./sampler.ts";

/** What is known of the image that is being made. */
export type KeepKnownOptions = {
  /** The image. */
  readonly image: Tensor;
  /** In its shape: 0 where it is kept, 1 where it is made anew, and all between. */
  readonly mask: Tensor;
  /** The noise that is added to what is known, the same at every level. */
  readonly noise: Tensor;
};

/**
 * Any sampler, with a part of its image held to what is known: before each question that part of the sample is replaced
 * by the known image with as much noise as the level has, and at the end by the image itself.
 *
 * Source: Lugmayr et al. 2022, arXiv:2201.09865, equation 8, as diffusers' inpainting pipelines do it.
 *
 * @example
 * ```ts
 * import { euler, keepKnown, read, tensor } from "@unnoise/lib";
 *
 * const [from, to] = [{ time: 999, alpha: 0, sigma: 1 }, { time: 0, alpha: 1, sigma: 0 }];
 * const image = tensor([1, 2], new Float32Array([7, 7]));
 * const mask = tensor([1, 2], new Float32Array([0, 1]));
 * const sampler = keepKnown(euler(tensor([1, 2]), [[from, to]]), { image, mask, noise: tensor([1, 2]) });
 * const question = sampler.next().value!;
 * const { value } = sampler.next(read("sample", tensor([1, 2], new Float32Array([1, 2])), question as never));
 * console.assert([...(value as typeof image).data].join() === "7,2");
 * ```
 */
export function* keepKnown(sampler: Sampler, { image, mask, noise }: KeepKnownOptions): Sampler {
  const held = (x: Tensor, level: Level) => {
    const known = settle(addNoise(image, noise, level));
    const change = zip(settle(x), known, (made, kept) => made - kept);
    return zip(zip(mask, change, (share, value) => share * value), known, (part, kept) => kept + part);
  };
  let turn = sampler.next();
  while (!turn.done) {
    const x = held(turn.value.x, turn.value.at);
    const prediction = yield { x, at: turn.value.at };
    turn = sampler.next({ ...prediction, x });
  }
  return held(turn.value, { time: 0, alpha: 1, sigma: 0 });
}
