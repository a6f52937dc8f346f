/**
 * A request that cannot be met, with the option that is to blame.
 *
 * @example
 * ```ts
 * import { InvalidOption } from "@unnoise/lib";
 *
 * const error = new InvalidOption("steps", "Cannot take 0 steps: expected a whole number from 1 to 1000");
 * console.assert(error.option === "steps" && error instanceof RangeError);
 * ```
 */
export class InvalidOption extends RangeError {
  /** Tells this error from others where classes cannot, across workers and realms. */
  override readonly name = "InvalidOption";
  /** The name of the option. */
  readonly option: string;

  /** Says which option is to blame, and in one sentence what was attempted, found and expected. */
  constructor(option: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.option = option;
  }
}

/** Runs a check whose errors are the fault of an option. */
export function blame<Result>(option: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    throw new InvalidOption(option, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
