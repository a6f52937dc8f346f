import { stepper } from "../sampler/drive.ts";
import type { Step } from "../schedule/grid.ts";
import { concatenate, unstack } from "../tensor/batch.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Method } from "./method.ts";

/** A batch whose items stand at different times of one run. */
export type BatchStep = {
  /** What the network said of each item. */
  readonly modelOutputs: Tensor;
  /** The time that each item stands at. */
  readonly timesteps: readonly number[];
  /** The items. */
  readonly samples: Tensor;
};

/**
 * One step of each item of a batch from its own time, without its fresh noise: what parallel sampling does over and over
 * until a whole run no longer changes.
 *
 * Source: Shih et al. 2023, arXiv:2305.16317.
 *
 * @param method of a sampler that asks once a step and looks at no step before
 * @param steps those of the run
 * @throws {RangeError} when a time is not asked in the run, or there is not one for each item
 *
 * @example
 * ```ts
 * import { batchStepNoNoise, methodOf, tensor } from "@unnoise/lib";
 *
 * const method = methodOf({ _class_name: "DDIMParallelScheduler" });
 * const samples = tensor([2, 1, 8, 8]);
 * const next = batchStepNoNoise(method, method.grid(10), { modelOutputs: samples, timesteps: [900, 500], samples });
 * console.assert(next.shape.join() === "2,1,8,8");
 * ```
 */
export function batchStepNoNoise(
  method: Method,
  steps: readonly Step[],
  { modelOutputs, timesteps, samples }: BatchStep,
): Tensor {
  const [items, outputs] = [unstack(samples), unstack(modelOutputs)];
  if (items.length !== timesteps.length || outputs.length !== timesteps.length) {
    throw new RangeError(
      `Cannot step a batch: found ${items.length} samples, ${outputs.length} model outputs and ${timesteps.length} timesteps, expected as many of each`,
    );
  }
  return concatenate(timesteps.map((time, i) => {
    const step = steps.find(([from]) => from.time === time);
    if (step === undefined) {
      const known = steps.map(([from]) => from.time).join(", ");
      throw new RangeError(`Cannot step at timestep ${time}: expected one of ${known}`);
    }
    const walk = stepper(method.sampler(items[i]!, [step], { noise: (shape) => tensor(shape) }));
    return walk.step(method.predict(outputs[i]!, walk.question!));
  }));
}
