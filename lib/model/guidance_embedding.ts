import { type Tensor, tensor } from "../tensor/tensor.ts";

/** The input of a network that takes the guidance scale. */
export const TOLD_SCALE = "timestep_cond";

/**
 * A guidance scale in the numbers that distilled networks are told it in, their input `timestep_cond`: sines, then cosines,
 * of 1000·(w − 1) at frequencies from 1 down to 1/10,000; `[1, size]`.
 *
 * Source: Luo et al. 2023, arXiv:2310.04378 (latent consistency models).
 *
 * @param size even, 4 or more: `time_cond_proj_dim` of the network's config
 *
 * @example
 * ```ts
 * import { guidanceEmbedding } from "@unnoise/lib";
 *
 * console.assert(guidanceEmbedding(1, 4).data.join() === "0,0,1,1");
 * ```
 */
export function guidanceEmbedding(scale: number, size: number): Tensor {
  const half = size / 2;
  const embedding = tensor([1, size]);
  for (let i = 0; i < half; i++) {
    // In single precision, as torch does it: far from 0 the last bits of an angle are what its sine is made of.
    const frequency = Math.fround(Math.exp(Math.fround(-i * Math.fround(Math.log(10_000) / (half - 1)))));
    const angle = Math.fround(Math.fround(1000 * (scale - 1)) * frequency);
    embedding.data[i] = Math.sin(angle);
    embedding.data[half + i] = Math.cos(angle);
  }
  return embedding;
}
