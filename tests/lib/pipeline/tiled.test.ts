import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tiled } from "../../../lib/pipeline/tiled.ts";
import type { Network } from "../../../lib/prediction/prediction.ts";
import { torchGenerator } from "../../../lib/random/normal.ts";
import { mix } from "../../../lib/tensor/mix.ts";
import { type Tensor, tensor } from "../../../lib/tensor/tensor.ts";

const at = { time: 500, alpha: 0.6, sigma: 0.8 };

/** Answers each value by itself, so that what it is beside does not matter. */
const pointwise: Network<Tensor> = ({ x }, told) => Promise.resolve(told.map(() => mix([0.5, x])));

/** Counts how often each place is seen, and answers what it is told where the sample lies. */
function telling(factor: number): Network<Tensor> {
  return ({ x }, told) =>
    Promise.resolve(told.map(({ data, shape: [, , , width = 0] }) => {
      const answer = tensor(x.shape);
      const columns = x.shape[3]!;
      answer.data.forEach((_, i) => {
        const [column, row] = [i % columns, Math.floor(i / columns)];
        answer.data[i] = data[Math.floor(row / factor) * width + Math.floor(column / factor)]!;
      });
      return answer;
    }));
}

function furthest(a: Tensor, b: Tensor): number {
  return a.data.reduce((most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)), 0);
}

const lines = fc.record({
  height: fc.integer({ min: 1, max: 40 }),
  width: fc.integer({ min: 1, max: 40 }),
  half: fc.integer({ min: 1, max: 8 }),
  overlap: fc.nat(8),
  factor: fc.constantFrom(1, 2, 4),
}).map(({ half, overlap, ...rest }) => ({ ...rest, tile: 2 * half, overlap: Math.min(overlap, half) }));

describe("tiled", () => {
  it("answers as the network itself does, where what lies beside does not matter", async () => {
    await fc.assert(
      fc.asyncProperty(lines, async ({ height, width, factor, tile, overlap }) => {
        const x = torchGenerator(0).randn([2, 1, height * factor, width * factor]);
        const [found] = await tiled(pointwise, { factor, tile, overlap })({ x, at }, [tensor([2, 3, height, width])]);
        expect(found!.shape).toEqual(x.shape);
        expect(furthest(found!, mix([0.5, x]))).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });

  it("tells each tile what lies where it lies", async () => {
    await fc.assert(
      fc.asyncProperty(lines, async ({ height, width, factor, tile, overlap }) => {
        const small = torchGenerator(1).randn([1, 1, height, width]);
        const x = tensor([1, 1, height * factor, width * factor]);
        const [found] = await tiled(telling(factor), { factor, tile, overlap })({ x, at }, [small]);
        const [expected] = await telling(factor)({ x, at }, [small]);
        expect(furthest(found!, expected!)).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });

  it("asks about tiles of one size that overlap as far as they should, and covers all", async () => {
    const seen: string[] = [];
    const watched: Network<Tensor> = (question, told) => {
      const [{ shape, data }] = told as [Tensor];
      seen.push(`${shape[2]}×${shape[3]} from ${data[0]}`);
      return pointwise(question, told);
    };
    const small = tensor([1, 1, 4, 20], Float32Array.from({ length: 80 }, (_, i) => i));
    await tiled(watched, { factor: 2, tile: 8, overlap: 3 })({ x: tensor([1, 1, 8, 40]), at }, [small]);
    expect(seen).toEqual(["4×8 from 0", "4×8 from 4", "4×8 from 8", "4×8 from 12"]);
  });

  it("fades from one tile into the next: no answer ends abruptly", async () => {
    let calls = 0;
    const numbered: Network<Tensor> = ({ x }) => {
      calls++;
      return Promise.resolve([tensor(x.shape, new Float32Array(x.data.length).fill(calls))]);
    };
    const x = tensor([1, 1, 4, 4 * 44]);
    const [answer] = await tiled(numbered, { factor: 4, tile: 16, overlap: 4 })({ x, at }, [tensor([1, 3, 1, 44])]);
    const data = answer!.data.subarray(0, 4 * 44);
    expect(calls).toBe(4);
    expect([data[0], data.at(-1)]).toEqual([1, 4]);
    for (let i = 1; i < data.length; i++) {
      const jump = data[i]! - data[i - 1]!;
      expect(jump).toBeGreaterThan(-1e-6);
      expect(jump).toBeLessThan(0.07);
    }
  });

  it("asks about several conditions at once, and tells how far it is", async () => {
    const told: string[] = [];
    const onTile = (done: number, count: number) => told.push(`${done}/${count}`);
    const network = tiled(telling(1), { factor: 1, tile: 4, overlap: 0, onTile });
    const smalls = [1, 2].map((value) => tensor([1, 1, 4, 8], new Float32Array(32).fill(value)));
    const answers = await network({ x: tensor([1, 1, 4, 8]), at }, smalls);
    expect(answers.map(({ data }) => data[0])).toEqual([1, 2]);
    expect(told).toEqual(["1/2", "2/2"]);
  });

  it("stops between two tiles, with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let tiles = 0;
    const onTile = () => {
      tiles++;
      controller.abort(reason);
    };
    const network = tiled(pointwise, { factor: 1, tile: 4, overlap: 0, onTile });
    const question = { x: tensor([1, 1, 4, 8]), at };
    await expect(network(question, [tensor([1, 1, 4, 8])], controller.signal)).rejects.toBe(reason);
    expect(tiles).toBe(1);
  });
});
