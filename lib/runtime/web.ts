import * as ort from "onnxruntime-web/wasm";
import { openOnnx } from "./onnx.ts";
import { createQueue } from "./queue.ts";
import type { Runtime } from "./runtime.ts";

/** How networks run as WebAssembly. */
export type WebRuntimeOptions = {
  /** The address of `ort-wasm-simd-threaded.wasm`, where the bundler does not find it by itself. */
  readonly wasm?: string | URL;
  /** The number of threads, 1 by default; more only work on cross-origin isolated pages. */
  readonly threads?: number;
};

/**
 * Networks in browsers, workers, Deno and Node as WebAssembly: onnxruntime-web.
 *
 * Its sessions can neither be made nor run side by side, so all of them wait in one queue.
 *
 * @example
 * ```ts
 * import { webRuntime } from "@unnoise/lib/runtime/web";
 *
 * console.assert(webRuntime().device === "wasm");
 * ```
 */
export function webRuntime({ wasm, threads = 1 }: WebRuntimeOptions = {}): Runtime {
  ort.env.wasm.numThreads = threads;
  if (wasm !== undefined) ort.env.wasm.wasmPaths = { wasm: wasm.toString() };
  const device = "wasm";
  return { device, open: (model) => openOnnx(ort, model, { device, queue }) };
}

// One for all: the limit is that of the WebAssembly module, which every session shares.
const queue = createQueue();
