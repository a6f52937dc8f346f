import { describe, expect, it } from "vitest";
import { exponentialMove, type Seen } from "../../../lib/sampler/exponential_move.ts";
import { exponentialSinglestep } from "../../../lib/sampler/exponential_singlestep.ts";
import { exactMoments } from "../../../lib/sampler/exponential_weights.ts";
import type { Step } from "../../../lib/schedule/grid.ts";
import { levelOf } from "../../../lib/schedule/level.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

const one = (value: number) => tensor([1], new Float32Array([value]));
const [a, b, c, d, e] = [3, 2, 1.2, 0.6, 0.3].map((sigma, time) => levelOf(sigma, "variance_preserving", time)) as [
  Step[0],
  Step[0],
  Step[0],
  Step[0],
  Step[0],
];
const options = { moments: exactMoments };

/** The samples that follow each step, of a network that says of the nth question that the image is n. */
function walk(steps: readonly Step[]): number[] {
  const sampler = exponentialSinglestep(one(5), steps, options);
  const found: number[] = [];
  let turn = sampler.next();
  for (let image = 1; !turn.done; image++) {
    const x = one(turn.value.x.data[0]!);
    turn = sampler.next({ x, image: one(image), noise: one(0), raw: one(0) });
    found.push((turn.done ? turn.value : turn.value.x).data[0]!);
    x.data.fill(NaN);
  }
  return found;
}

describe("exponentialSinglestep", () => {
  const first: Seen = { at: a, guess: one(1) };
  const second: Seen = { at: b, guess: one(2) };
  const third: Seen = { at: c, guess: one(3) };

  it("starts each part of a stretch at its beginning, going by all that was asked since", () => {
    const found = walk([[a, b, { order: 1 }], [b, c, { order: 2 }], [c, d, { order: 3 }]]);
    expect(found[0]).toBeCloseTo(exponentialMove(one(5), a, b, [first], options).data[0]!, 5);
    expect(found[1]).toBeCloseTo(exponentialMove(one(5), a, c, [second, first], options).data[0]!, 5);
    expect(found[2]).toBeCloseTo(exponentialMove(one(5), a, d, [third, second, first], options).data[0]!, 5);
  });

  it("begins a new stretch where the grid says so", () => {
    const [, middle, last] = walk([[a, b, { order: 1 }], [b, c, { order: 2 }], [c, d, { order: 1 }]]);
    expect(last).toBeCloseTo(exponentialMove(one(middle!), c, d, [third], options).data[0]!, 5);
  });

  it("begins a new stretch after three steps, and at whatever step comes first", () => {
    const found = walk([[a, b, { order: 2 }], [b, c, { order: 3 }], [c, d], [d, e]]);
    expect(found[0]).toBeCloseTo(exponentialMove(one(5), a, b, [first], options).data[0]!, 5);
    const fourth = { at: d, guess: one(4) };
    expect(found[3]).toBeCloseTo(exponentialMove(one(found[2]!), d, e, [fourth], options).data[0]!, 5);
  });
});
