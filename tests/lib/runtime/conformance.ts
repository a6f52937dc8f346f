import { expect } from "vitest";
import { torchGenerator } from "../../../lib/random/normal.ts";
import type { Runtime } from "../../../lib/runtime/runtime.ts";
import { fashion, type FashionGolden, fashionJson } from "../../fixtures/fashion.ts";

/** What every runtime must do with a real network: read its inputs, run it, come to PyTorch's numbers. */
export async function expectFashionNetwork(runtime: Runtime) {
  const { call, tolerance } = await fashionJson<FashionGolden>("golden.json");
  const found = await callFashionNetwork(runtime);
  expect(found.length).toBe(call.out_sample.length);
  call.out_sample.forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThanOrEqual(tolerance));
}

/** The network's answer to the batch of its golden. */
export async function callFashionNetwork(runtime: Runtime): Promise<Float32Array> {
  const { call } = await fashionJson<FashionGolden>("golden.json");
  const count = call.timestep.length;
  const session = await runtime.open(await fashion.read("unet/model.onnx"));
  expect(session.inputs.map(({ name, type, shape }) => [name, type, shape.slice(1)])).toEqual([
    ["sample", "float32", [1, 28, 28]],
    ["timestep", "float32", []],
    ["class_labels", "int64", []],
  ]);
  const outputs = await session.run({
    sample: { type: "float32", ...torchGenerator(call.seed).randn([count, 1, 28, 28]) },
    timestep: { type: "float32", data: Float32Array.from(call.timestep), shape: [count] },
    class_labels: { type: "int64", data: BigInt64Array.from(call.class_labels, BigInt), shape: [count] },
  });
  await session.release();
  const { type, shape, data } = outputs["out_sample"]!;
  expect([type, ...shape]).toEqual(["float32", count, 1, 28, 28]);
  return data as Float32Array;
}

/** Every runtime says in one sentence that bytes are no network. */
export async function expectRefusal(runtime: Runtime) {
  await expect(runtime.open(new TextEncoder().encode("no network"))).rejects.toThrow(TypeError);
  await expect(runtime.open(new Uint8Array())).rejects.toThrow(
    new RegExp(`^Cannot open the network on ${runtime.device}`),
  );
}
