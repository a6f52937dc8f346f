import { openModel, type Runtime, textToImage, type TextToImageOptions } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { nodeRuntime } from "@unnoise/lib/runtime/node";
import { webRuntime } from "@unnoise/lib/runtime/web";
import * as native from "onnxruntime-node";
import * as web from "onnxruntime-web/wasm";
import { median } from "./median.ts";

const STEPS = 20;
const BOUND = 1.05;
const folder = diskFolder(new URL("../../models/fashion", import.meta.url));
const options: TextToImageOptions = { prompts: ["ankle boot"], seeds: [1], steps: STEPS, guidanceScale: 2 };

type Ort = Pick<typeof native, "InferenceSession" | "Tensor">;
type Timing = { readonly run: number; readonly calls: number };

async function measure(runtime: Runtime, { InferenceSession, Tensor }: Ort, rounds: number): Promise<Timing[]> {
  const model = await openModel(folder, runtime);
  const session = await InferenceSession.create(await folder.read("unet/model.onnx"), {
    executionProviders: [runtime.device],
  });
  const timings: Timing[] = [];
  for (let round = -2; round < rounds; round++) {
    const timing = { run: await timed(wholeRun), calls: await timed(bareCalls) };
    if (round >= 0) timings.push(timing);
  }
  await model.release();
  await session.release();
  return timings;

  async function wholeRun() {
    const run = textToImage(model, options);
    while (!(await run.next()).done);
  }

  /** The calls that a guided run of one picture makes: twice the picture, with the class and without. */
  async function bareCalls() {
    const sample = new Float32Array(2 * 28 * 28);
    for (let step = 0; step < STEPS; step++) {
      await session.run({
        sample: new Tensor("float32", sample, [2, 1, 28, 28]),
        timestep: new Tensor("float32", new Float32Array(2).fill(999 - 50 * step), [2]),
        class_labels: new Tensor("int64", BigInt64Array.of(10n, 9n), [2]),
      });
    }
  }
}

async function timed(task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

function report(device: string, timings: readonly Timing[]): number {
  const ratio = median(timings.map(({ run, calls }) => run / calls));
  const run = median(timings.map(({ run }) => run));
  console.log(`${device}: ${run.toFixed(0)} ms a run, run ÷ the same ${STEPS} session.run calls: ${ratio.toFixed(3)}`);
  return ratio;
}

/**
 * What the library costs beside the network: the time of whole runs over the time of the same bare network calls.
 *
 * The two take turns, so that a busy machine slows both; a ratio is the median over the rounds of run ÷ calls.
 */
export async function benchRuns() {
  console.log(`fashion, ${STEPS} steps, guidance 2, one picture`);
  const ratio = report("onnxruntime-node, cpu", await measure(nodeRuntime(), native, 41));
  report("onnxruntime-web, wasm, one thread", await measure(webRuntime(), web, 7));
  console.log(`At most ${BOUND} on onnxruntime-node: ${ratio <= BOUND ? "holds" : "does not hold"}`);
}
