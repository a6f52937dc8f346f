/** What a number may be. */
export type Range = { readonly least?: number; readonly most?: number };

/**
 * A reader of decimal numbers for an option.
 *
 * @throws {RangeError} the reader: when a text is no number or out of range; the message names the option
 */
export function decimal(option: string, { least = -Infinity, most = Infinity }: Range = {}): (text: string) => number {
  return (text) => {
    const number = text.trim() === "" ? NaN : Number(text);
    if (!Number.isFinite(number)) refuse(option, text, "a number");
    if (number < least || number > most) refuse(option, text, `a number ${rangeOf(least, most)}`);
    return number;
  };
}

/**
 * A reader of whole numbers for an option, of 0 or more where nothing else is said.
 *
 * @throws {RangeError} the reader: when a text is no whole number or out of range; the message names the option
 */
export function whole(option: string, { least = 0, most = Infinity }: Range = {}): (text: string) => number {
  return (text) => {
    const number = decimal(option)(text);
    if (!Number.isSafeInteger(number) || number < least || number > most) {
      refuse(option, text, `a whole number ${rangeOf(least, most)}`);
    }
    return number;
  };
}

function rangeOf(least: number, most: number): string {
  return most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
}

function refuse(option: string, text: string, expected: string): never {
  throw new RangeError(`Cannot use --${option}: found ${JSON.stringify(text)}, expected ${expected}`);
}
