import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Folder } from "./folder.ts";

/**
 * A model folder on the disk, in Deno and Node.
 *
 * @param path a path, or a `file:` URL
 * @throws {TypeError} (from `read`) when a file is not there or cannot be read
 *
 * @example
 * ```ts
 * import { diskFolder } from "@unnoise/lib/model/disk";
 *
 * const folder = diskFolder("models/fashion");
 * console.assert((await folder.read("model_index.json")).length > 0);
 * ```
 */
export function diskFolder(path: string | URL): Folder {
  const location = path instanceof URL ? fileURLToPath(path) : path;
  return {
    location,
    async read(path, { signal } = {}) {
      const file = join(location, path);
      return await readFile(file, { signal }).catch((error) => {
        signal?.throwIfAborted();
        const found = error.code === "ENOENT" ? "there is no such file" : error.message;
        throw new TypeError(`Cannot read ${file}: ${found}`, { cause: error });
      });
    },
  };
}
