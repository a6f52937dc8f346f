import { dot } from "../tensor/dot.ts";
import { keeper } from "../tensor/keep.ts";
import { mix } from "../tensor/mix.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Guidance } from "./guidance.ts";
import { pictureByPicture } from "./picture_by_picture.ts";

/** How guidance is projected. */
export type ProjectedOptions = {
  /** How much stays of the part along the conditional answer, which saturates: η, 0 by default. */
  readonly eta?: number;
  /** The longest that the difference c − u of a picture may be: the paper's r. No limit by default. */
  readonly threshold?: number;
  /** How much of the differences before is added: β. 0 by default; less than 0 pushes away from them, as the paper does. */
  readonly momentum?: number;
  /**
   * Where guidance starts: at c, with w − 1 times the difference (the paper, and the default), or at u, with w times
   * (diffusers, unless `use_original_formulation`, whose scale is our w − 1).
   */
  readonly from?: "conditional" | "unconditional";
};

/**
 * Adaptive projected guidance: of the difference between the answers, mostly what is at right angles to the conditional
 * answer, so that strong guidance does not saturate.
 *
 * It works on what the network says, as in diffusers. The paper works on images: for that, guide a network that says
 * images. Its momentum counts the questions of one run.
 *
 * Source: Sadat, Hilliges and Weber 2024, arXiv:2410.02416.
 *
 * @example
 * ```ts
 * import { projected, tensor } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[1, 0], [0, -2]].map((row) => tensor([1, 2], new Float32Array(row)));
 * const combine = projected()();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 2, at });
 * console.assert(guided.data.join() === "1,2");
 * ```
 */
export function projected(
  { eta = 0, threshold = Infinity, momentum = 0, from = "conditional" }: ProjectedOptions = {},
): Guidance {
  return () => {
    const keep = keeper(1);
    let before: Tensor | undefined;
    return ({ conditional, unconditional, scale }) => {
      const remembered = before === undefined ? [] : [[momentum, before]] as const;
      before = keep(mix([1, conditional], [-1, unconditional], ...remembered));
      const strength = from === "conditional" ? scale - 1 : scale;
      return pictureByPicture(
        [from === "conditional" ? conditional : unconditional, before, conditional],
        (start, difference, conditional) => {
          const length = Math.sqrt(dot(difference, difference));
          const step = strength * (length > threshold ? threshold / length : 1);
          const square = dot(conditional, conditional);
          const along = square === 0 ? 0 : dot(difference, conditional) / square;
          return mix([1, start], [step, difference], [step * (eta - 1) * along, conditional]);
        },
      );
    };
  };
}
