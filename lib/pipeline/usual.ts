import type { Model } from "../model/model.ts";
import { methodOf } from "../scheduler/catalogue.ts";
import { configFor } from "./schedulers_for.ts";

const STEPS = 20;
const GUIDANCE_SCALE = 2;

/**
 * The steps and the guidance of a run where nothing is said of them: 20 steps, or the few of a scheduler for distilled
 * networks, and a guidance scale of 2, or 1 where a model knows no empty prompt.
 *
 * @throws {RangeError} when no such scheduler runs the model's network
 *
 * @example
 * ```ts
 * import { usual } from "@unnoise/lib";
 *
 * const { steps } = usual({ schedulerConfig: { _class_name: "LCMScheduler" }, guidable: true });
 * console.assert(steps === 4);
 * ```
 */
export function usual(
  model: Pick<Model, "schedulerConfig" | "guidable">,
  scheduler?: string,
): { readonly steps: number; readonly guidanceScale: number } {
  const { row } = methodOf(configFor(model, scheduler));
  return { steps: row.usualSteps ?? STEPS, guidanceScale: model.guidable ? GUIDANCE_SCALE : 1 };
}
