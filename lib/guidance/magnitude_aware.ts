import { dot } from "../tensor/dot.ts";
import { mix } from "../tensor/mix.ts";
import type { Guidance } from "./guidance.ts";
import { pictureByPicture } from "./picture_by_picture.ts";

/**
 * Magnitude-aware guidance: plain guidance that is weaker where the answers are further apart, as they are early in a run:
 * `w′ = 1 + (w − 1)·e^(−αr)` with `r = |c − u|/|u|`, picture by picture.
 *
 * Source: MAMBO-G, 2025, arXiv:2508.03442.
 *
 * @param alpha how much weaker, 8 by default
 *
 * @example
 * ```ts
 * import { magnitudeAware, tensor } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[2], [1]].map((row) => tensor([1, 1], new Float32Array(row)));
 * const combine = magnitudeAware(Math.log(2))();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 5, at });
 * console.assert(guided.data[0] === 4);
 * ```
 */
export function magnitudeAware(alpha: number = 8): Guidance {
  return () => ({ conditional, unconditional, scale }) =>
    pictureByPicture([conditional, unconditional], (c, u) => {
      const difference = mix([1, c], [-1, u]);
      const [distance, length] = [Math.sqrt(dot(difference, difference)), Math.sqrt(dot(u, u))];
      // Where nothing is said without the condition, the answers are infinitely far apart, unless they are equal.
      const left = alpha === 0 || distance === 0 ? 1 : Math.exp(-alpha * distance / length);
      const weight = 1 + (scale - 1) * left;
      return mix([weight, c], [1 - weight, u]);
    });
}
