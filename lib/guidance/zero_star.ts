import { dot } from "../tensor/dot.ts";
import { mix } from "../tensor/mix.ts";
import { tensor } from "../tensor/tensor.ts";
import { extrapolated, type Guidance } from "./guidance.ts";
import { pictureByPicture } from "./picture_by_picture.ts";

/** How CFG-Zero* guides. */
export type ZeroStarOptions = {
  /** Where σ/α is more than this, the answer is zero: the first few steps of a flow. None by default. */
  readonly above?: number;
  /** What guides with the answers so changed, plain guidance by default. */
  readonly guidance?: Guidance;
};

/**
 * CFG-Zero*: the answer without the condition is first scaled to be as near to the other one as it can, `s·u` with
 * `s = ⟨c, u⟩/⟨u, u⟩`, so that guidance corrects its direction and not its length. Made for flows.
 *
 * Source: Fan et al. 2025, arXiv:2503.18886.
 *
 * @example
 * ```ts
 * import { tensor, zeroStar } from "@unnoise/lib";
 *
 * const [conditional, unconditional] = [[2, 1], [1, 0]].map((row) => tensor([1, 2], new Float32Array(row)));
 * const combine = zeroStar()();
 * const at = { time: 0, alpha: 1, sigma: 1 };
 * const guided = combine({ conditional: conditional!, unconditional: unconditional!, scale: 3, at });
 * console.assert(Math.abs(guided.data[0]! - 2) < 1e-6 && guided.data[1] === 3);
 * ```
 */
export function zeroStar({ above = Infinity, guidance = extrapolated }: ZeroStarOptions = {}): Guidance {
  return () => {
    const combine = guidance();
    return (answers) => {
      if (answers.at.sigma > above * answers.at.alpha) return tensor(answers.conditional.shape);
      const unconditional = pictureByPicture([answers.unconditional, answers.conditional], (u, c) => {
        return mix([dot(c, u) / (dot(u, u) + 1e-8), u]);
      });
      return combine({ ...answers, unconditional });
    };
  };
}
