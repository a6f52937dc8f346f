import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";
import type { Queue } from "./queue.ts";
import type { ElementType, InputMetadata, RuntimeTensor, Session } from "./runtime.ts";

/** What both builds of ONNX Runtime share. */
export type Ort = {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof OrtTensor;
};

/** Opens a network with either build of ONNX Runtime; every call to it goes through the queue. */
export async function openOnnx(
  ort: Ort,
  model: Uint8Array,
  { device, queue }: { readonly device: string; readonly queue: Queue },
): Promise<Session> {
  const session = await queue(() =>
    ort.InferenceSession.create(model, { executionProviders: [device], logSeverityLevel: 3 })
  ).catch((error) => {
    throw new TypeError(`Cannot open the network on ${device}: ${error.message}`, { cause: error });
  });
  return {
    inputs: session.inputMetadata.map((input): InputMetadata => {
      return input.isTensor
        ? { name: input.name, type: input.type, shape: input.shape }
        : { name: input.name, type: "not a tensor", shape: [] };
    }),
    async run(feeds) {
      const inputs = Object.entries(feeds).map(([name, { type, data, shape }]) => {
        return [name, new ort.Tensor(type, data as Float32Array, shape)] as const;
      });
      const outputs = await queue(() => session.run(Object.fromEntries(inputs)));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { type, data, dims }]) => [
          name,
          { type: type as ElementType, data: data as RuntimeTensor["data"], shape: dims },
        ]),
      );
    },
    release: () => queue(() => session.release()),
  };
}
