import { describe, expect, it } from "vitest";
import { copying } from "../../../lib/metrics/copying.ts";
import type { Neighbour } from "../../../lib/metrics/nearest.ts";
import { golden } from "../../fixtures/metrics/metrics.ts";

/** Neighbours at distances, in a crowd that is as far away as that unless it is told. */
function at(distances: readonly number[], crowd?: number): Neighbour[] {
  return distances.map((distance) => ({ index: 0, distance, crowd: crowd ?? distance }));
}

const range = (count: number, from: number) => Array.from({ length: count }, (_, i) => from + i / count);

describe("copying", () => {
  it.each(golden.ranks)(
    "ranks distances as SciPy's Mann–Whitney test does: z = $z",
    ({ generated, held_out, nearer, z }) => {
      const found = copying(at(generated), at(held_out));
      expect(found.nearer).toBeCloseTo(nearer, 12);
      expect(found.z).toBeCloseTo(z, 9);
    },
  );

  it("calls pictures new that lie as near as unseen ones", () => {
    expect(copying(at(range(40, 1)), at(range(40, 1)))).toMatchObject({
      verdict: "new",
      copies: [],
      nearer: 0.5,
      z: 0,
    });
  });

  it("calls pictures near to many others nearer, not copied", () => {
    expect(copying(at(range(40, 0)), at(range(40, 1)))).toMatchObject({ verdict: "nearer", copies: [], nearer: 1 });
  });

  it("calls pictures copies that lie near to one alone, and says which", () => {
    const some = [...at(range(30, 1)), ...at(range(10, 0.1), 9)];
    const { verdict, copies, expected } = copying(some, at(range(40, 1)));
    expect({ verdict, copies, expected }).toEqual({
      verdict: "copies",
      copies: range(10, 30).map((_, i) => 30 + i),
      expected: 0,
    });
  });

  it("does not, where held-out pictures have as many", () => {
    const some = [...at(range(30, 1)), ...at(range(10, 0.1), 9)];
    expect(copying(some, some)).toMatchObject({ verdict: "new", expected: 0.25 });
  });

  it("refuses to compare with nothing", () => {
    expect(() => copying(at([1]), [])).toThrow(
      "Cannot compare 1 generated pictures with 0 held-out ones: expected some of both",
    );
  });
});
