import type { z } from "zod";
import type { Folder, ReadOptions } from "./folder.ts";

/**
 * A JSON file of a folder, checked.
 *
 * @throws {TypeError} when it is missing or does not hold what it should; the message names it
 */
export async function readJson<Value>(
  folder: Folder,
  path: string,
  schema: z.ZodType<Value>,
  options: ReadOptions = {},
): Promise<Value> {
  const text = new TextDecoder().decode(await folder.read(path, options));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`Cannot read ${folder.location} ${path}: found no JSON`, { cause: error });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new TypeError(`Cannot read ${folder.location} ${path}: ${issue?.path.join(".")}: ${issue?.message}`);
}
