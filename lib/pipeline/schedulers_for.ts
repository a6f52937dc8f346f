import { snr } from "../schedule/level.ts";
import { compatibles, methodOf } from "../scheduler/catalogue.ts";
import type { SchedulerConfig } from "../scheduler/config.ts";
import { methodFor } from "../scheduler/method.ts";
import type { Row } from "../scheduler/row.ts";

/**
 * The schedulers that draw pictures from noise with the network that a config is for, and with nothing else. Left out of
 * its compatible ones are those that walk from pictures to noise, that keep a part of a picture, or that are for networks
 * trained along another noise schedule.
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
  const trained = methodOf(config).schedule.alphasCumprod;
  return compatibles(config).filter((row) => {
    const { grid, schedule } = methodFor(row, config);
    if (row.given && "known" in row.given || schedule.alphasCumprod.some((value, i) => value !== trained[i])) return false;
    const steps = grid(2);
    return snr(steps.at(-1)![1]) > snr(steps[0]![0]);
  });
}
