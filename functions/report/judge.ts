import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Judge, openJudge, type Runtime } from "@unnoise/lib";
import { diskFolder } from "@unnoise/lib/model/disk";
import { modelsFolder } from "../program/environment.ts";

const folder = join(modelsFolder, "judges");

/**
 * Opens a judge of the repository by its name.
 *
 * @throws {RangeError} when there is none; the message names those there are
 */
export async function openNamedJudge(id: string, runtime: Runtime): Promise<Judge> {
  const entries = await readdir(folder, { withFileTypes: true });
  const known = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  if (known.includes(id)) return await openJudge(diskFolder(join(folder, id)), runtime);
  throw new RangeError(`Cannot find judge ${JSON.stringify(id)}: expected ${known.join(" or ")}`);
}
