import { openModel, type Runtime, type RuntimeTensor, textToImage, type TextToImageOptions } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { webRuntime } from "@unnoise/lib/runtime/web";
import * as native from "onnxruntime-node";
import * as web from "onnxruntime-web/wasm";
import { median } from "./median.ts";
import { type Peer, startPeer } from "./peer.ts";

const BOUND = 1.05;
const drawings = { fashion: "ankle boot", emoji: "a slice of pizza, flat style" };
const shared = { seeds: [1], steps: 20, guidanceScale: 2 };

type Ort = Pick<typeof native, "InferenceSession" | "Tensor">;
type Timing = { readonly run: number; readonly calls: number; readonly theirs?: number | undefined };
type Call = { readonly network: Uint8Array; readonly feeds: Readonly<Record<string, RuntimeTensor>> };
type Settings = {
  readonly runtime: Runtime;
  readonly ort: Ort;
  readonly rounds: number;
  readonly peer?: Peer | undefined;
};

/** Whole runs, the bare network calls that they are made of, and diffusers' runs, in turns: a busy machine slows all alike. */
async function measure(id: keyof typeof drawings, { runtime, ort, rounds, peer }: Settings): Promise<Timing[]> {
  const folder = diskFolder(new URL(`../../models/${id}`, import.meta.url));
  const options = { ...shared, prompts: [drawings[id]] };
  const { calls, recorder } = recording(runtime);
  const recorded = await openModel(folder, recorder);
  await draw(recorded, options);
  await recorded.release();

  const model = await openModel(folder, runtime);
  const bare = await bareCalls(calls, { device: runtime.device, ort });
  const timings: Timing[] = [];
  for (let round = -2; round < rounds; round++) {
    const timing = {
      run: await timed(() => draw(model, options)),
      calls: await timed(bare.run),
      theirs: await peer?.({ ...options, id }),
    };
    if (round >= 0) timings.push(timing);
  }
  await Promise.all([model.release(), bare.release()]);
  return timings;
}

async function draw(model: Parameters<typeof textToImage>[0], options: TextToImageOptions) {
  const run = textToImage(model, options);
  while (!(await run.next()).done);
}

/** A runtime that remembers what its networks were fed. */
function recording(runtime: Runtime) {
  const calls: Call[] = [];
  const recorder: Runtime = {
    ...runtime,
    async open(network) {
      const session = await runtime.open(network);
      return {
        ...session,
        run(feeds) {
          calls.push({ network, feeds });
          return session.run(feeds);
        },
      };
    },
  };
  return { calls, recorder };
}

/** The same calls by ONNX Runtime alone. */
async function bareCalls(calls: readonly Call[], { device, ort }: { readonly device: string; readonly ort: Ort }) {
  const sessions = new Map<Uint8Array, native.InferenceSession>();
  for (const { network } of calls) {
    if (sessions.has(network)) continue;
    sessions.set(network, await ort.InferenceSession.create(network, { executionProviders: [device] }));
  }
  return {
    async run() {
      for (const { network, feeds } of calls) {
        const tensors = Object.entries(feeds).map(([name, { type, data, shape }]) => {
          return [name, new ort.Tensor(type as "float32", data as Float32Array, shape)] as const;
        });
        await sessions.get(network)!.run(Object.fromEntries(tensors));
      }
    },
    async release() {
      await Promise.all([...sessions.values()].map((session) => session.release()));
    },
  };
}

async function timed(task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

function report(name: string, timings: readonly Timing[]): number {
  const ratio = median(timings.map(({ run, calls }) => run / calls));
  const run = median(timings.map(({ run }) => run));
  console.log(`${name}: ${run.toFixed(0)} ms a run, run ÷ the same session.run calls: ${ratio.toFixed(3)}`);
  const theirs = timings.flatMap(({ run, theirs }) => theirs === undefined ? [] : [run / theirs]);
  if (theirs.length > 0) console.log(`  run ÷ diffusers on torch with as many threads: ${median(theirs).toFixed(3)}`);
  return ratio;
}

/**
 * What the library costs beside the networks: the time of whole runs over the time of the same bare network calls, and
 * over that of Python's diffusers with the same weights. A ratio is the median over the rounds.
 */
export async function benchRuns({ python }: { readonly python?: string | undefined }) {
  console.log(`One picture, ${shared.steps} steps, guidance ${shared.guidanceScale}`);
  for (const id of ["fashion", "emoji"] as const) {
    const peer = python === undefined || id === "fashion" ? undefined : await startPeer(python);
    const ratio = report(
      `${id}, onnxruntime-node, cpu`,
      await measure(id, { runtime: nodeRuntime(), ort: native, rounds: 41, peer: peer?.ask }),
    );
    await peer?.stop();
    report(
      `${id}, onnxruntime-web, wasm, one thread`,
      await measure(id, { runtime: webRuntime(), ort: web, rounds: 7 }),
    );
    console.log(`At most ${BOUND} on onnxruntime-node: ${ratio <= BOUND ? "holds" : "does not hold"}`);
  }
}
