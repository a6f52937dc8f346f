import type { Frame } from "@unnoise/lib";
import { unpack } from "./frames.ts";
import type { FromWorker, Request, Setup, ToWorker } from "./messages.ts";

/** What a page is told about its newest run. */
export type Listener = {
  readonly download: (loaded: number, total: number) => void;
  readonly starting: () => void;
  readonly frame: (frame: Frame) => void;
  readonly done: (milliseconds: number) => void;
  readonly stopped: () => void;
  readonly failed: (stage: "load" | "run", message: string) => void;
};

export type Engine = {
  /** Makes a picture; a run that is still going on gives way to it. */
  readonly run: (request: Request, listener: Listener) => void;
  /** Stops the run, and the download if there is one. */
  readonly abort: () => void;
};

/** The network in a worker of its own, which is started by the first run. */
export function connectEngine(setup: Setup): Engine {
  let worker: Worker | undefined;
  let newest = 0;
  let listener: Listener | undefined;

  function start(): Worker {
    const started = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    started.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.run === newest) hear(data);
    });
    started.addEventListener("error", (event) => {
      // A worker that could not start hears nothing any more; the next run starts another.
      started.terminate();
      worker = undefined;
      last((listener) => listener.failed("load", event.message ?? ""));
    });
    return started;
  }

  function hear(message: FromWorker) {
    switch (message.type) {
      case "download":
        return listener?.download(message.loaded, message.total);
      case "starting":
        return listener?.starting();
      case "frame":
        return listener?.frame(unpack(message.frame));
      case "done":
        return last((listener) => listener.done(message.milliseconds));
      case "stopped":
        return last((listener) => listener.stopped());
      case "failed":
        return last((listener) => listener.failed(message.stage, message.message));
    }
  }

  /** What ends a run is the last that its listener hears; a download may still be under way behind it. */
  function last(tell: (listener: Listener) => void) {
    const hearer = listener;
    listener = undefined;
    if (hearer !== undefined) tell(hearer);
  }

  function send(message: ToWorker) {
    worker ??= start();
    worker.postMessage(message);
  }

  return {
    run(request, hearer) {
      listener = hearer;
      send({ type: "run", run: ++newest, setup, request });
    },
    abort() {
      if (worker !== undefined) send({ type: "abort" });
    },
  };
}
