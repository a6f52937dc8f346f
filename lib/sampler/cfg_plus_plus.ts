import { addNoise } from "../prediction/add_noise.ts";
import type { Sampler } from "./sampler.ts";

/**
 * CFG++: a sampler that goes toward the guided image, but takes what is noise in a sample from the prediction without the
 * condition, so that guidance does not lead away from the samples that the network knows.
 *
 * Where a prediction has no `unconditional` noise, there is no guidance, and nothing changes.
 *
 * Source: Chung et al. 2024, arXiv:2406.08070, algorithm 2.
 *
 * @example
 * ```ts
 * import { cfgPlusPlus, euler, grid, levelOf, stepper, tensor } from "@unnoise/lib";
 *
 * const one = (value: number) => tensor([1], new Float32Array([value]));
 * const steps = grid([4, 1].map((sigma) => levelOf(sigma, "variance_exploding", sigma)));
 * const walk = stepper(cfgPlusPlus(euler(one(4), steps)));
 * const end = walk.step({ x: one(4), raw: one(0), image: one(8), noise: one(-1), unconditional: one(0.5) });
 * console.assert(end.data[0] === 8.5);
 * ```
 */
export function* cfgPlusPlus(sampler: Sampler): Sampler {
  let turn = sampler.next();
  while (!turn.done) {
    const prediction = yield turn.value;
    const { image, unconditional: noise } = prediction;
    // The sample that would be read as this image and this noise: what multistep and exponential samplers go on from.
    turn = sampler.next(noise ? { ...prediction, noise, x: addNoise(image, noise, turn.value.at) } : prediction);
  }
  return turn.value;
}
