import { describe, expect, it } from "vitest";
import { denoiser } from "../../../lib/model/denoiser.ts";
import type { Runtime } from "../../../lib/runtime/runtime.ts";
import { tensor } from "../../../lib/tensor/tensor.ts";

/** A third runtime, in one file: its network says its sample, halved. */
const halving: Runtime = {
  device: "paper",
  open: () =>
    Promise.resolve({
      inputs: [{ name: "sample", type: "float32", shape: ["batch", 1, 1, 2] }],
      run: ({ sample }) => {
        const data = Float32Array.from(sample!.data as Float32Array, (value) => value / 2);
        return Promise.resolve({ out_sample: { type: "float32", data, shape: sample!.shape } });
      },
      release: () => Promise.resolve(),
    }),
};

describe("Runtime", () => {
  it("is all that a denoiser needs to know of a machine", async () => {
    const network = denoiser(await halving.open(new Uint8Array()), []);
    const x = tensor([1, 1, 1, 2], new Float32Array([4, -6]));
    const [raw] = await network({ x, at: { time: 0, alpha: 1, sigma: 0 } }, [[{}]]);
    expect([...raw!.data]).toEqual([2, -3]);
  });
});
