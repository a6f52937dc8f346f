import { dot } from "../tensor/dot.ts";
import { mix } from "../tensor/mix.ts";
import { extrapolated, type Guidance } from "./guidance.ts";
import { pictureByPicture } from "./picture_by_picture.ts";

/**
 * Tangential guidance: of the answer without the condition, only what lies along the direction that both answers share
 * most: the first singular vector of the two. The rest of it, which belongs to other conditions, does not repel.
 *
 * Of two vectors that direction is `cos θ·c + sin θ·u` with `tan 2θ = 2⟨c, u⟩/(⟨c, c⟩ − ⟨u, u⟩)`.
 *
 * Source: Kwon et al. 2025, arXiv:2503.18137.
 *
 * @param guidance what guides with the answers so changed, plain guidance by default
 *
 * @example
 * ```ts
 * import { tangential, tensor } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[2, 0], [0, 1]].map((row) => tensor([1, 2], new Float32Array(row)));
 * const combine = tangential()();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 3, at });
 * console.assert(guided.data.join() === "6,0");
 * ```
 */
export function tangential(guidance: Guidance = extrapolated): Guidance {
  return () => {
    const combine = guidance();
    return (answers) => {
      const unconditional = pictureByPicture([answers.conditional, answers.unconditional], (c, u) => {
        const [cc, cu, uu] = [dot(c, c), dot(c, u), dot(u, u)];
        const angle = Math.atan2(2 * cu, cc - uu) / 2;
        const [a, b] = [Math.cos(angle), Math.sin(angle)];
        const square = a * a * cc + 2 * a * b * cu + b * b * uu;
        const along = square === 0 ? 0 : (a * cu + b * uu) / square;
        return mix([along * a, c], [along * b, u]);
      });
      return combine({ ...answers, unconditional });
    };
  };
}
