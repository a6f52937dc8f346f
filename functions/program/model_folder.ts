import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { modelsFolder } from "./environment.ts";

/**
 * The folder of a model.
 *
 * @param file what tells such folders from those of other models
 * @throws {RangeError} when there is none; the message names those there are
 */
export async function modelFolder(id: string, file: string = "model_index.json"): Promise<string> {
  const known = await modelIds(file);
  if (known.includes(id)) return join(modelsFolder, id);
  throw new RangeError(`Cannot find model ${JSON.stringify(id)}: expected ${known.join(" or ")}`);
}

async function modelIds(file: string): Promise<string[]> {
  const ids = [];
  for (const entry of await readdir(modelsFolder, { withFileTypes: true })) {
    const index = join(modelsFolder, entry.name, file);
    if (entry.isDirectory() && await access(index).then(() => true, () => false)) ids.push(entry.name);
  }
  return ids.sort();
}
