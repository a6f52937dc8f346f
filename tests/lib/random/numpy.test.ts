import { describe, expect, it } from "vitest";
import { numpyGenerator } from "../../../lib/random/numpy.ts";
import { readFixture } from "../../fixtures/read.ts";

type Draw = { readonly size: number; first: readonly number[]; last: readonly number[]; readonly sum: number };
const { in_a_row } = await readFixture<{ in_a_row: readonly { seed: number; draws: readonly Draw[] }[] }>(
  "noise/numpy.json",
);

describe("numpyGenerator against NumPy", () => {
  it.each(in_a_row.map((row) => ({ ...row, sizes: row.draws.map(({ size }) => size).join() })))(
    "draws $sizes values in a row from seed $seed",
    ({ seed, draws }) => {
      const [double, single] = [numpyGenerator(seed), numpyGenerator(seed)];
      for (const { size, first, last, sum } of draws) {
        const data = double.randnDouble(size);
        expect(data).toHaveLength(size);
        const found = [...data.slice(0, first.length), ...data.slice(-last.length)];
        [...first, ...last].forEach((value, i) => {
          expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(2 * 2 ** -53 * Math.abs(value));
        });
        expect(data.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 9);
        expect(single.randn([size]).data.slice(0, first.length)).toEqual(Float32Array.from(first));
      }
    },
  );
});

describe("numpyGenerator", () => {
  it("goes on from a saved state, with the kept value of a pair", () => {
    const generator = numpyGenerator(3);
    generator.randn([7]);
    const twin = numpyGenerator(JSON.parse(JSON.stringify(generator.state())));
    expect(twin.randnDouble(700)).toEqual(generator.randnDouble(700));
  });

  it.each([-1, 2 ** 32, 0.5])("refuses the seed %d as NumPy does", (seed) => {
    expect(() => numpyGenerator(seed)).toThrow(RangeError);
  });
});
