import { deviation } from "../tensor/dot.ts";
import { mix } from "../tensor/mix.ts";
import { extrapolated, type Guidance } from "./guidance.ts";
import { pictureByPicture } from "./picture_by_picture.ts";

/**
 * Guidance that leaves each answer the standard deviation that the network gave it, so that strong guidance does not
 * overexpose: `φ·g·std(c)/std(g) + (1 − φ)·g` of a guided g.
 *
 * Source: Lin et al. 2023, arXiv:2305.08891, section 3.4; diffusers' `guidance_rescale`.
 *
 * @param amount φ, from 0 (nothing changes) to 1; the paper takes 0.7
 *
 * @example
 * ```ts
 * import { rescaled, tensor } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[1, 3], [0, 0]].map((row) => tensor([1, 2], new Float32Array(row)));
 * const combine = rescaled(1)();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 5, at });
 * console.assert(guided.data.join() === "1,3");
 * ```
 */
export function rescaled(amount: number, guidance: Guidance = extrapolated): Guidance {
  return () => {
    const combine = guidance();
    return (answers) =>
      pictureByPicture([combine(answers), answers.conditional], (guided, conditional) => {
        const found = deviation(guided);
        return mix([found === 0 ? 1 : 1 + amount * (deviation(conditional) / found - 1), guided]);
      });
  };
}
