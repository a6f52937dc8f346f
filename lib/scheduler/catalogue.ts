import type { SchedulerConfig } from "./config.ts";
import { leftOut } from "./left_out.ts";
import { type Method, methodFor } from "./method.ts";
import { type Scheduler, schedulerFor } from "./scheduler.ts";
import type { Row } from "./row.ts";
import * as rows from "./rows/mod.ts";

/**
 * Every scheduler, each a row of the parts that it is made of. Nothing else in the library knows their names.
 *
 * @example
 * ```ts
 * import { catalogue } from "@unnoise/lib";
 *
 * console.assert(catalogue.some(({ name, className }) => name === "ddim" && className === "DDIMScheduler"));
 * ```
 */
export const catalogue: readonly Row[] = Object.values(rows);

/**
 * What a scheduler's config means: the row of its class, told its options.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { methodOf } from "@unnoise/lib";
 *
 * const { grid } = methodOf({ _class_name: "DDIMScheduler", timestep_spacing: "trailing" });
 * console.assert(grid(20)[0]![0].time === 999);
 * ```
 */
export function methodOf(config: SchedulerConfig): Method {
  const row = catalogue.find(({ className }) => className === config._class_name);
  if (row !== undefined) return methodFor(row, config);
  const asked = JSON.stringify(config._class_name);
  const why = leftOut.find(({ className }) => className === config._class_name)?.why;
  if (why !== undefined) throw new TypeError(`Cannot find scheduler ${asked}, which is left out: ${why.slice(0, -1)}`);
  const known = catalogue.map(({ className }) => className).join(", ");
  throw new TypeError(`Cannot find scheduler ${asked}: expected one of ${known}`);
}

/** What to do with what is worth a warning. */
export type CreateOptions = {
  /** Is told of options that the class does not know; `console.warn` by default. */
  readonly warn?: (message: string) => void;
};

/**
 * A scheduler from diffusers' `scheduler_config.json`. Another class reads the same JSON: change `_class_name`.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { createScheduler } from "@unnoise/lib";
 *
 * const scheduler = createScheduler({ _class_name: "EulerDiscreteScheduler", timestep_spacing: "trailing" });
 * scheduler.setTimesteps(4);
 * console.assert(scheduler.timesteps.join() === "999,749,499,249");
 * ```
 */
export function createScheduler(config: SchedulerConfig, { warn = console.warn }: CreateOptions = {}): Scheduler {
  const method = methodOf(config);
  if (method.ignored.length > 0) {
    warn(`${method.row.className} does not know ${method.ignored.join(", ")}: these options change nothing`);
  }
  return schedulerFor(method);
}

/**
 * The rows that run the networks that a config is for: those of its family that accept its options.
 *
 * @throws {TypeError} when the catalogue has no such class, or an option has a value that the class cannot use
 *
 * @example
 * ```ts
 * import { compatibles } from "@unnoise/lib";
 *
 * const rows = compatibles({ _class_name: "DDIMScheduler", prediction_type: "v_prediction" });
 * console.assert(rows.some(({ name }) => name === "euler"));
 * ```
 */
export function compatibles(config: SchedulerConfig): Row[] {
  const { row: { family } } = methodOf(config);
  return catalogue.filter((row) => {
    if (row.family !== family) return false;
    try {
      return methodFor(row, config) !== undefined;
    } catch {
      return false;
    }
  });
}
