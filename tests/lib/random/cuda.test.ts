import { describe, expect, it } from "vitest";
import { cudaGenerator } from "../../../lib/random/cuda.ts";

/** Values as people published them of their GPUs, with the decimals that torch prints. */
function expectPrinted(found: Float32Array, printed: readonly number[]) {
  expect(Array.from(found, (value) => Number(value.toFixed(4)))).toEqual(printed);
}

describe("cudaGenerator against what GPUs printed", () => {
  it("draws torch.randn(…, device='cuda') of seed 0", () => {
    const printed = [-0.9247, -0.4253, -2.6438, 0.1452, -0.1209, -0.5797, -0.6229, -0.3284, -1.0745, -0.3631, -1.6711];
    expectPrinted(cudaGenerator(0).randn([3, 4]).data.slice(0, 11), printed);
    expectPrinted(cudaGenerator(0).randn([4, 64, 64]).data.slice(0, 11), printed);
  });

  it("draws three times in a row from seed 42", () => {
    const generator = cudaGenerator(42);
    expectPrinted(generator.randn([4]).data, [0.194, 2.1614, -0.1721, 0.8491]);
    expectPrinted(generator.randn([4]).data, [0.1391, -0.1082, -0.7174, 0.7566]);
    expectPrinted(generator.randn([4]).data, [-0.5187, 1.2268, 0.6255, -0.9117]);
  });

  // github.com/pytorch/pytorch/issues/158398: 28 multiprocessors of 1536 threads, all four values of a thread in use.
  it("draws more values than a small device has threads", () => {
    const { data } = cudaGenerator(42, { threads: 28 * 1536 }).randn([1, 64, 2048]);
    expectPrinted(data.slice(0, 3), [0.194, 2.1614, -0.1721]);
    expectPrinted(data.slice(-3), [-0.4841, 1.285, -0.0282]);
    expectPrinted(data.slice(-2048, -2045), [-1.2356, -0.4083, -0.4695]);
  });

  // github.com/pytorch/pytorch/issues/143086: threads that go round nine times, on an H100 and on an A100.
  it.each([
    { threads: 132 * 2048, printed: [-0.697, -0.778, 0.3267] },
    { threads: 108 * 2048, printed: [0.1549, -0.6797, -0.1656] },
  ])("draws nine million values with $threads threads", ({ threads, printed }) => {
    const { data } = cudaGenerator(1, { threads }).randn([1, 49 * 12 * 112 * 144]);
    expectPrinted(data.slice(0, 3), [-0.2963, 2.6764, -0.1408]);
    expectPrinted(data.slice(-3), printed);
  });
});

describe("cudaGenerator", () => {
  it("goes on from a saved state", () => {
    const generator = cudaGenerator(2 ** 40 + 3, { threads: 256 });
    generator.randn([3000]);
    expect(generator.state()).toEqual({ seed: 2 ** 40 + 3, offset: 12 });
    const twin = cudaGenerator(JSON.parse(JSON.stringify(generator.state())));
    expect(twin.randn([5]).data).toEqual(generator.randn([5]).data);
  });

  it("heeds all bits of a seed and draws nothing into an empty shape", () => {
    expect(cudaGenerator(2 ** 32).randn([4]).data).not.toEqual(cudaGenerator(0).randn([4]).data);
    const generator = cudaGenerator(0);
    expect(generator.randn([0, 4]).data).toHaveLength(0);
    expect(generator.state().offset).toBe(0);
  });

  it.each([0, -256, 100, NaN])("refuses %d threads", (threads) => {
    expect(() => cudaGenerator(0, { threads })).toThrow(RangeError);
  });
});
