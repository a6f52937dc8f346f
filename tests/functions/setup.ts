import { fileURLToPath } from "node:url";
import { classLabels, type Model, openModel, pixels, tensor } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { createApp } from "../../functions/app.ts";
import { listen } from "../../functions/program/listen.ts";
import type { Offer } from "../../functions/jobs/offer.ts";

/** The endpoint, as tests hold it. */
export type App = ReturnType<typeof createApp>;

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** The real model. */
export function fashion(): Promise<Model> {
  return openModel(diskFolder(`${root}/models/fashion`), nodeRuntime());
}

const pets = classLabels({ name: "toy", classes: ["cat", "dog"], nullLabel: 2 });

/** A model of two classes and sixteen pixels whose network is a formula, for whatever needs no real pictures. */
export const toy: Model = {
  ...pets,
  ...pixels,
  name: "toy",
  classes: ["cat", "dog"],
  guidable: true,
  shape: [1, 4, 4],
  pictureShape: [1, 4, 4],
  schedulerConfig: { _class_name: "DDIMScheduler" },
  fingerprint: "0123456789abcdef",
  device: "formula",
  network: ({ x }, conditions) => {
    return Promise.resolve(
      conditions.map(([told]) => tensor(x.shape, x.data.map((value) => value / (2 + told!["class_labels"]!.data[0]!)))),
    );
  },
  release: () => Promise.resolve(),
};

/** A model whose network waits for `open` at every call. */
export function gated(model: Model) {
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  const network: Model["network"] = async (question, conditions, signal) => {
    calls++;
    await gate.promise;
    return await model.network(question, conditions, signal);
  };
  return { model: { ...model, network }, open: gate.resolve, calls: () => calls };
}

/** A model that takes its time at every call, and counts the calls. */
export function slow(model: Model, milliseconds: number) {
  let calls = 0;
  const network: Model["network"] = async (question, conditions, signal) => {
    calls++;
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return await model.network(question, conditions, signal);
  };
  return { model: { ...model, network }, calls: () => calls };
}

/** A model that is ready. */
export function offered(model: Model): Offer {
  return { id: model.name, created: 1, model };
}

/** The endpoint with one model. */
export function appWith(model: Model, options: { readonly places?: number } = {}): App {
  return createApp({ models: [offered(model)], ...options });
}

/** Asks for pictures; a text is sent as it is, anything else as JSON. */
export async function generate(app: App, body: unknown, init: RequestInit = {}): Promise<Response> {
  return await app.request("/v1/images/generations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
  });
}

/** Waits until something holds, and fails when it does not within ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("It did not come to hold within ten seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs a program of this repository to its end. */
export async function execute(
  script: string,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const program = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", script, ...args],
    cwd: root,
    env,
  });
  const { code, stdout, stderr } = await program.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** Serves an app on a free port of the loopback; `close` waits for what is under way. */
export function served(app: App) {
  const server = listen(app, { host: "127.0.0.1", port: 0 });
  return { address: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}
