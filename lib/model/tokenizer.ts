import { z } from "zod";
import { clipTokenizer } from "../text/clip.ts";
import { createTokenizer } from "../text/tokenizer.ts";
import type { Folder, ReadOptions } from "./folder.ts";
import type { Prompt } from "./prompt.ts";
import { readJson } from "./read_json.ts";

/**
 * Opens the `tokenizer/` of a folder: its `tokenizer.json`, or the `vocab.json` and `merges.txt` of older ones.
 *
 * @throws {TypeError} when a file is missing or does not hold what it should; the message names it
 */
export async function openTokenizer(
  folder: Folder,
  options: ReadOptions = {},
): Promise<{ readonly encode: (text: string) => Prompt }> {
  const anything = z.record(z.string(), z.unknown());
  const [config, json] = await Promise.all([
    readJson(folder, "tokenizer/tokenizer_config.json", anything, options),
    tokenizerJson(folder, options),
  ]);
  const { encode } = createTokenizer({ json, config });
  return { encode: (text) => ({ text, ...encode(text) }) };
}

async function tokenizerJson(folder: Folder, options: ReadOptions): Promise<unknown> {
  try {
    return await readJson(folder, "tokenizer/tokenizer.json", z.unknown(), options);
  } catch (newer) {
    return await olderJson(folder, options).catch((older: unknown) => {
      options.signal?.throwIfAborted();
      throw new TypeError(
        `Cannot read the tokenizer of ${folder.location}: expected tokenizer/tokenizer.json, or vocab.json and merges.txt`,
        { cause: new AggregateError([newer, older]) },
      );
    });
  }
}

async function olderJson(folder: Folder, options: ReadOptions): Promise<unknown> {
  const [vocabulary, merges] = await Promise.all([
    readJson(folder, "tokenizer/vocab.json", z.record(z.string(), z.int()), options),
    folder.read("tokenizer/merges.txt", options),
  ]);
  return clipTokenizer({ vocabulary, merges: new TextDecoder().decode(merges) });
}
