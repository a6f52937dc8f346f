import type { Model } from "../model/model.ts";
import { target } from "../prediction/read.ts";
import { torchGenerator } from "../random/normal.ts";
import { snr } from "../schedule/level.ts";
import { compatibles, methodOf } from "../scheduler/catalogue.ts";
import type { SchedulerConfig } from "../scheduler/config.ts";
import { type Method, methodFor } from "../scheduler/method.ts";
import type { Row } from "../scheduler/row.ts";
import { mix, settle } from "../tensor/mix.ts";

/**
 * The schedulers that draw well with the network that a config is for: all that run it from noise to pictures, but those
 * that the long steps of its noise schedule throw off course.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { schedulersFor } from "@unnoise/lib";
 *
 * const names = schedulersFor({ _class_name: "DDIMScheduler" }).map(({ name }) => name);
 * console.assert(names.includes("euler") && !names.includes("flow_match_euler"));
 * ```
 */
export function schedulersFor(config: SchedulerConfig): Row[] {
  return runnersOf(config).filter((row) => arrives(methodFor(row, config)));
}

/**
 * The schedulers that go from noise to pictures with the network that a config is for, and with nothing else. Left out of
 * its compatible ones are those that walk from pictures to noise, that keep a part of a picture, or that are for networks
 * trained along another noise schedule.
 */
export function runnersOf(config: SchedulerConfig): Row[] {
  const trained = methodOf(config).schedule.alphasCumprod;
  return compatibles(config).filter((row) => {
    const { grid, schedule } = methodFor(row, config);
    if (row.given && "known" in row.given || schedule.alphasCumprod.some((value, i) => value !== trained[i])) {
      return false;
    }
    const steps = grid(2);
    return snr(steps.at(-1)![1]) > snr(steps[0]![0]);
  });
}

/**
 * A model's config, with the class of the scheduler that is asked for.
 *
 * @throws {RangeError} when no such scheduler runs its network
 */
export function configFor(
  { schedulerConfig }: Pick<Model, "schedulerConfig">,
  scheduler: string | undefined,
): Model["schedulerConfig"] {
  if (scheduler === undefined) return schedulerConfig;
  const row = runnersOf(schedulerConfig).find(({ name }) => name === scheduler);
  if (row === undefined) {
    const known = schedulersFor(schedulerConfig).map(({ name }) => name).join(", ");
    throw new RangeError(`Cannot find scheduler ${JSON.stringify(scheduler)}: expected one of ${known}`);
  }
  return { ...schedulerConfig, _class_name: row.className };
}

const STEPS = 10;
const DEVIATION = 0.5;

/** Whether a short run ends among normal values of a known deviation, whose denoiser is exact: the least one may ask. */
function arrives(method: Method): boolean {
  const { randn } = torchGenerator(0);
  const steps = method.grid(STEPS);
  const start = mix([method.initNoiseSigma(steps), randn([1, 1, 4, 4])]);
  const sampler = method.sampler(start, steps, { noise: randn });
  let turn = sampler.next();
  while (!turn.done) {
    const { x, at } = turn.value;
    const { alpha, sigma } = at;
    const image = mix([alpha * DEVIATION ** 2 / ((alpha * DEVIATION) ** 2 + sigma ** 2), settle(x)]);
    const noise = mix([1 / sigma, x], [-alpha / sigma, image]);
    const raw = target(method.options.prediction_type as "epsilon", image, noise, at);
    turn = sampler.next(method.predict(settle(raw), turn.value));
  }
  return turn.value.data.every((value) => Math.abs(value) < 4 * DEVIATION);
}
