import {
  addNoise,
  catalogue,
  classifierFree,
  classToImage,
  type Frame,
  generate,
  methodOf,
  type Model,
  tensor,
  torchGenerator,
} from "@unnoise/lib";
import type { Request } from "./messages.ts";

/** A run from noise, or one that leaves an earlier run at one of its frames with new noise. */
export function runOf(model: Model, request: Request, signal: AbortSignal): AsyncGenerator<Frame> {
  const { prompt, seed, steps, guidanceScale, scheduler, from } = request;
  if (from === undefined) {
    return classToImage(model, { prompts: [prompt], seeds: [seed], steps, guidanceScale, scheduler, signal });
  }
  const row = catalogue.find(({ name }) => name === scheduler);
  const method = methodOf(
    row === undefined ? model.schedulerConfig : { ...model.schedulerConfig, _class_name: row.className },
  );
  const grid = method.grid(steps).slice(from.index);
  const image = tensor([1, ...model.shape], from.image);
  const noise = torchGenerator(seed).randn;
  const label = model.classes.indexOf(prompt);
  const ask = classifierFree(model.network, {
    condition: [label],
    unconditional: [model.nullLabel ?? label],
    scale: guidanceScale,
  });
  const start = addNoise(image, noise(image.shape), grid[0]![0]);
  return generate({
    sampler: method.sampler(start, grid, { noise }),
    steps: grid,
    denoise: async (question, signal) => method.predict(await ask(question, signal), question),
    signal,
  });
}
