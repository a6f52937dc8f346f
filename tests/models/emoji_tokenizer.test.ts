import { describe, expect, it } from "vitest";
import { createTokenizer } from "../../lib/text/tokenizer.ts";
import { readFixture } from "../fixtures/read.ts";
import { expectSameTokens, type GoldenPrompt } from "../fixtures/text/golden.ts";

const folder = new URL("../../models/emoji/tokenizer/", import.meta.url);
const readJson = async (name: string) => JSON.parse(await Deno.readTextFile(new URL(name, folder)));
const [json, config] = [await readJson("tokenizer.json"), await readJson("tokenizer_config.json")];
const tokenizer = createTokenizer({ json, config });
const known: readonly string[] = config.known_words;

describe("the tokenizer of emoji", () => {
  it("reads prompts as transformers does", async () => {
    const { prompts } = await readFixture<{ readonly prompts: readonly GoldenPrompt[] }>("text/emoji.json");
    expect(prompts.length).toBeGreaterThan(150);
    expectSameTokens(tokenizer, json.model.vocab["<|endoftext|>"], prompts);
  });

  it("makes one token of each of more than 2,000 known words, and of each its own", () => {
    expect(known.length).toBeGreaterThan(2000);
    expect(known.filter((word) => tokenizer.encode(word).count !== 3)).toEqual([]);
    expect(known.filter((word) => tokenizer.encode(word).unknown.length > 0)).toEqual([]);
    expect(new Set(known.map((word) => tokenizer.encode(word).ids[1])).size).toBe(known.length);
  });

  it("knows the words of captions, and says which others it was given", () => {
    const captions = [
      "a slice of pizza, flat style",
      "an alien in cartoon style on a blue background",
      "man's shoe, a bold black outline icon",
      "3d red apple, on teal",
    ];
    for (const caption of captions) expect(tokenizer.encode(caption)).toMatchObject({ unknown: [], dropped: "" });
    // "able" is one token, a piece of other words, but no caption had it.
    expect(tokenizer.encode("able zirconium cat").unknown).toEqual(["able", "zirconium"]);
  });

  it("has the same vocabulary in the files that older programs read", async () => {
    expect(await readJson("vocab.json")).toEqual(json.model.vocab);
    const merges = (await Deno.readTextFile(new URL("merges.txt", folder))).trimEnd().split("\n").slice(1);
    expect(merges).toEqual(json.model.merges.map((pair: readonly string[]) => pair.join(" ")));
    expect(Object.values(await readJson("special_tokens_map.json"))).toContain("<|startoftext|>");
  });
});
