import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Setup } from "./messages.ts";

/** What the page tells its worker, read from the files themselves while the page is built. */
export async function setupOf(addresses: { readonly model: string; readonly wasm: string }): Promise<Setup> {
  const [model, wasm] = await Promise.all([
    readFile("models/fashion/unet/model.onnx"),
    readFile(fileURLToPath(import.meta.resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"))),
  ]);
  const version = createHash("sha256").update(model).update(wasm).digest("hex").slice(0, 12);
  return { ...addresses, version, bytes: model.length + wasm.length };
}
