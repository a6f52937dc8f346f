import { describe, expect, it } from "vitest";
import { projected } from "../../../lib/guidance/projected.ts";
import { answers, pictures } from "./answers.ts";

describe("projected", () => {
  // c = (3, 0), u = (1, −4): a difference of (2, 4), of which (2, 0) lies along c.
  const both = answers(pictures([3, 0]), pictures([1, -4]), 3);

  it.each([[0, [3, 8]], [0.5, [5, 8]], [1, [7, 8]]])("keeps %d of what lies along the answer", (eta, expected) => {
    expect([...projected({ eta })()(both).data]).toEqual(expected);
  });

  it("starts at the unconditional answer when it is told to", () => {
    expect([...projected({ from: "unconditional" })()(both).data]).toEqual([1, 8]);
    const plain = projected({ from: "unconditional", eta: 1 })()(both);
    expect(plain.data).toEqual(projected({ eta: 1 })()(both).data);
  });

  it("shortens long differences, of each picture on its own", () => {
    const two = answers(pictures([1, 0], [1, 0]), pictures([1, 8], [1, 2]), 2);
    expect([...projected({ threshold: 4 })()(two).data]).toEqual([1, -4, 1, -2]);
  });

  it("adds differences of the same run, and of no other", () => {
    const guidance = projected({ eta: 1, momentum: -0.5 });
    const run = guidance();
    const differences = [1, 2, 3].map(() => run(both).data[1]! / 2);
    expect(differences).toEqual([4, 2, 3]);
    expect(guidance()(both).data[1]).toBe(8);
  });

  it("divides by no answer that is zero", () => {
    expect([...projected()()(answers(pictures([0, 0]), pictures([1, 2]), 2)).data]).toEqual([-1, -2]);
  });
});
