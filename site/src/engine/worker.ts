/// <reference lib="webworker" />
import { type Model, tensor, textToImage } from "@unnoise/lib";
import { pack } from "./frames.ts";
import type { FromWorker, Setup, ToWorker } from "./messages.ts";
import { openNetwork } from "./network.ts";

/** A model that is open, or being opened. */
type Opened = { readonly model: Promise<Model>; readonly loading: AbortController };

const models = new Map<string, Opened>();

/** The newest run; it stops when it is told to, or when a newer one comes. */
let newest = new AbortController();
let newestRun = 0;

function tell(message: FromWorker, transfer: Transferable[] = []) {
  postMessage(message, { transfer });
}

function open(setup: Setup): Opened {
  const known = models.get(setup.model);
  if (known !== undefined) return known;
  const loading = new AbortController();
  const model = openNetwork(setup, {
    signal: loading.signal,
    onProgress: (loaded) => tell({ type: "download", run: newestRun, loaded, total: setup.bytes }),
    onStart: () => tell({ type: "starting", run: newestRun }),
  });
  const opened = { model, loading };
  models.set(setup.model, opened);
  // What failed, or was stopped, is tried anew by the next run; the files that still come are not waited for.
  model.catch(() => {
    models.delete(setup.model);
    loading.abort();
  });
  return opened;
}

async function make({ run, setup, request }: ToWorker & { type: "run" }) {
  const { signal } = newest;
  let stage: "load" | "run" = "load";
  try {
    const model = await open(setup).model;
    if (signal.aborted) return tell({ type: "stopped", run });
    stage = "run";
    const start = performance.now();
    const { prompt, seed, from, ...options } = request;
    const frames = textToImage(model, {
      ...options,
      prompts: [prompt],
      seeds: [seed],
      from: from && { index: from.index, image: tensor([1, ...model.shape], from.image) },
      signal,
    });
    for await (const frame of frames) {
      const packed = pack(frame);
      tell({ type: "frame", run, frame: packed }, [packed.values.buffer]);
      // Messages wait while WebAssembly computes; a turn of the event loop lets a newer one in.
      await new Promise((resolve) => setTimeout(resolve));
    }
    tell({ type: "done", run, milliseconds: performance.now() - start });
  } catch (error) {
    if (signal.aborted) tell({ type: "stopped", run });
    else tell({ type: "failed", run, stage, message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  newest.abort();
  newest = new AbortController();
  if (data.type === "run") {
    newestRun = data.run;
    make(data);
  } else {
    for (const { loading } of models.values()) loading.abort();
  }
});
