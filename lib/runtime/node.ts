import * as ort from "onnxruntime-node";
import { openOnnx } from "./onnx.ts";
import type { Runtime } from "./runtime.ts";

/** Which of onnxruntime-node's devices to use. */
export type NodeRuntimeOptions = {
  /** `cpu` by default; `cuda`, `webgpu`, `coreml` or `dml` where the machine has it. */
  readonly device?: "cpu" | "cuda" | "webgpu" | "coreml" | "dml";
};

/**
 * Networks in Deno and Node, natively: onnxruntime-node, eight to ten times as fast as WebAssembly.
 *
 * @example
 * ```ts
 * import { nodeRuntime } from "@unnoise/lib/runtime/node";
 *
 * console.assert(nodeRuntime().device === "cpu");
 * ```
 */
export function nodeRuntime({ device = "cpu" }: NodeRuntimeOptions = {}): Runtime {
  return { device, open: (model) => openOnnx(ort, model, { device, queue: (task) => task() }) };
}
