import { describe, expect, it } from "vitest";
import { diskFolder } from "../../../lib/model/disk.ts";
import type { Folder } from "../../../lib/model/folder.ts";
import { openTokenizer } from "../../../lib/model/tokenizer.ts";

const emoji = diskFolder(new URL("../../../models/emoji", import.meta.url));

/** The folder without some of its files. */
function without(...missing: string[]): Folder {
  return {
    location: "elsewhere",
    read: (path, options) => {
      if (missing.some((name) => path.endsWith(name))) return Promise.reject(new TypeError(`Cannot read ${path}`));
      return emoji.read(path, options);
    },
  };
}

describe("openTokenizer", () => {
  it("reads the same from vocab.json and merges.txt as from tokenizer.json", async () => {
    const prompt = "a (smiling face:1.3) with zirconium ears";
    const { encode } = await openTokenizer(emoji);
    const older = await openTokenizer(without("tokenizer.json"));
    expect(encode(prompt)).toMatchObject({ text: prompt, unknown: ["zirconium"], dropped: "" });
    expect(older.encode(prompt)).toEqual(encode(prompt));
  });

  it("says which files it looked for", async () => {
    const rejected = openTokenizer(without("tokenizer.json", "merges.txt"));
    await expect(rejected).rejects.toThrow(/elsewhere: expected .*tokenizer\.json, or vocab\.json and merges\.txt$/);
    await expect(openTokenizer(without("tokenizer_config.json"))).rejects.toThrow(/tokenizer_config\.json/);
  });

  it("stops when it is told to", async () => {
    const stopped = openTokenizer(emoji, { signal: AbortSignal.abort(new Error("enough")) });
    await expect(stopped).rejects.toThrow("enough");
  });
});
