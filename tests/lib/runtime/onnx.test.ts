import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { openOnnx } from "../../../lib/runtime/onnx.ts";
import type { Queue } from "../../../lib/runtime/queue.ts";
import { fashion } from "../../fixtures/fashion.ts";

const feeds = {
  sample: { type: "float32", data: new Float32Array(784), shape: [1, 1, 28, 28] },
  timestep: { type: "float32", data: new Float32Array([500]), shape: [1] },
  class_labels: { type: "int64", data: new BigInt64Array([3n]), shape: [1] },
} as const;

describe("openOnnx", () => {
  it("sends opening, running and releasing through the queue, in order", async () => {
    const order: string[] = [];
    const queue: Queue = async (task) => {
      order.push("begin");
      const result = await task();
      order.push("end");
      return result;
    };
    const session = await openOnnx(ort, await fashion.read("unet/model.onnx"), { device: "cpu", queue });
    await session.run(feeds);
    await session.release();
    expect(order).toEqual(["begin", "end", "begin", "end", "begin", "end"]);
  });

  it("names the input that a call lacks", async () => {
    const session = await openOnnx(ort, await fashion.read("unet/model.onnx"), {
      device: "cpu",
      queue: (task) => task(),
    });
    const { timestep: _, ...without } = feeds;
    await expect(session.run(without)).rejects.toThrow(/timestep/);
    await session.release();
  });

  it("names the device that it could not open on", async () => {
    const opened = openOnnx(ort, new Uint8Array([1, 2, 3]), { device: "cpu", queue: (task) => task() });
    await expect(opened).rejects.toThrow(/^Cannot open the network on cpu: \S/);
  });
});
