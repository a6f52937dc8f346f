/** The library that decodes and encodes pictures. */
export type Sharp = typeof import("sharp").default;

/**
 * Loads sharp, a native add-on, when it is first needed: PNG files are written without it.
 *
 * @throws {TypeError} when it cannot be loaded
 */
export async function loadSharp(): Promise<Sharp> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new TypeError(`Cannot work with pictures: sharp cannot be loaded (${reason})`, { cause: error });
  }
}
