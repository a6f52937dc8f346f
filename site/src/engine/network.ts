import { httpFolder, type Model, openModel } from "@unnoise/lib";
import { webRuntime } from "@unnoise/lib/runtime/web";
import type { Setup } from "./messages.ts";
import { storedFetch } from "./stored.ts";

/** Downloads runtime and model side by side, telling how many bytes of both have come, and opens the model. */
export async function openNetwork(
  { model, wasm, version }: Setup,
  { signal, onProgress, onStart }: {
    readonly signal: AbortSignal;
    readonly onProgress: (loaded: number) => void;
    readonly onStart: () => void;
  },
): Promise<Model> {
  const loaded = new Map<string, number>();
  const count = (bytes: number, _total: number | undefined, path: string) => {
    loaded.set(path, bytes);
    onProgress([...loaded.values()].reduce((sum, each) => sum + each, 0));
  };
  const options = { onProgress: count, fetch: (url: URL, init: RequestInit) => storedFetch(url, version, init) };
  const runtimeFolder = httpFolder(new URL(".", wasm), options);
  const modelFolder = httpFolder(model, options);

  const program = runtimeFolder.read(wasm, { signal });
  // The model is opened by the runtime, so its own bytes are fetched while the runtime's still come.
  const files = new Map<string, Promise<Uint8Array>>();
  const fetched = {
    location: modelFolder.location,
    read: (path: string) => {
      const file = files.get(path) ?? modelFolder.read(path, { signal });
      files.set(path, file);
      return file;
    },
  };
  const needed = ["model_index.json", "unet/config.json", "scheduler/scheduler_config.json", "unet/model.onnx"];
  const [bytes] = await Promise.all([program, ...needed.map(fetched.read)]);
  signal.throwIfAborted();
  onStart();
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/wasm" }));
  try {
    return await openModel(fetched, webRuntime({ wasm: address }), { signal });
  } finally {
    URL.revokeObjectURL(address);
  }
}
