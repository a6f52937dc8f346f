import { access, constants, stat, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";

/**
 * Finds out whether a picture can be written to a file, before any work is done for it.
 *
 * @throws {TypeError} when it cannot, in a sentence that says why
 */
export async function checkOut(path: string): Promise<void> {
  const ending = extname(path).toLowerCase();
  if (ending !== "" && ending !== ".png") {
    throw new TypeError(`Cannot write ${path}: pictures are written as PNG, expected a name that ends in .png`);
  }
  const folder = dirname(path);
  const isFolder = (await stat(folder).catch(() => undefined))?.isDirectory();
  if (isFolder !== true) throw new TypeError(`Cannot write ${path}: there is no folder ${folder}`);
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory() === true) throw new TypeError(`Cannot write ${path}: it is a folder, expected a file`);
  await access(target === undefined ? folder : path, constants.W_OK).catch((error) => {
    throw new TypeError(`Cannot write ${path}: that is not allowed`, { cause: error });
  });
}

/**
 * Writes a file.
 *
 * @throws {TypeError} when it cannot be written
 */
export async function writeOut(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((error) => {
    throw new TypeError(`Cannot write ${path}: ${error.message}`, { cause: error });
  });
}
