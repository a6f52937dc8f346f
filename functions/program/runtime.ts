import type { Runtime } from "@unnoise/lib";

/** A runtime, and what to know about how it was chosen. */
export type Choice = {
  /** The runtime. */
  readonly runtime: Runtime;
  /** A sentence to show, where the choice was not the first one. */
  readonly note: string | undefined;
};

const nativeDevices = ["cpu", "cuda", "webgpu", "coreml", "dml"] as const;

/**
 * Chooses what computes. Without a device: natively on the CPU, and where the native add-on cannot be loaded, as
 * WebAssembly.
 *
 * @throws {RangeError} when there is no such device
 * @throws {TypeError} when the device needs the native add-on and that cannot be loaded
 */
export async function chooseRuntime(device?: string): Promise<Choice> {
  if (device === "wasm") return { runtime: await wasm(), note: undefined };
  const native = nativeDevices.find((name) => name === (device ?? "cpu"));
  if (native === undefined) {
    throw new RangeError(`Cannot compute on ${JSON.stringify(device)}: expected ${nativeDevices.join(", ")} or wasm`);
  }
  try {
    // The import itself loads the add-on.
    const { nodeRuntime } = await import("@unnoise/lib/runtime/node");
    return { runtime: nodeRuntime({ device: native }), note: undefined };
  } catch (error) {
    const found = `onnxruntime-node cannot be loaded (${firstLine(error)})`;
    if (device !== undefined) throw new TypeError(`Cannot compute on ${device}: ${found}`, { cause: error });
    return { runtime: await wasm(), note: `Computing as WebAssembly, about eight times slower: ${found}` };
  }
}

async function wasm(): Promise<Runtime> {
  const { webRuntime } = await import("@unnoise/lib/runtime/web");
  return webRuntime();
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
