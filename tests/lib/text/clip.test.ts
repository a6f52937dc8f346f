import { describe, expect, it } from "vitest";
import { clipTokenizer } from "../../../lib/text/clip.ts";
import { createTokenizer } from "../../../lib/text/tokenizer.ts";
import { readFixture } from "../../fixtures/read.ts";
import { expectSameTokens, type GoldenPrompt } from "../../fixtures/text/golden.ts";

type Golden = {
  readonly json: {
    readonly model: {
      readonly vocab: Readonly<Record<string, number>>;
      readonly merges: readonly (readonly [string, string])[];
    };
  };
  readonly config: unknown;
  readonly prompts: readonly GoldenPrompt[];
};

const { json, config, prompts } = await readFixture<Golden>("text/text.json");
const vocabulary = json.model.vocab;
const lines = ["#version: 0.2", ...json.model.merges.map((pair) => pair.join(" ")), ""];

describe("clipTokenizer", () => {
  it.each([["\n", "of Unix"], ["\r\n", "of Windows"]])(
    "says what tokenizer.json says, from lines that end in %j",
    (end) => {
      const built = createTokenizer({ json: clipTokenizer({ vocabulary, merges: lines.join(end) }), config });
      expectSameTokens(built, 993, prompts);
    },
  );

  it("agrees with tokenizer.json in every setting that both name", () => {
    expect(json).toMatchObject(clipTokenizer({ vocabulary, merges: lines.join("\n") }));
  });

  it("refuses a vocabulary without CLIP's own tokens", () => {
    expect(() => clipTokenizer({ vocabulary: { a: 0, "<|startoftext|>": 1 }, merges: "" })).toThrow(/<\|endoftext\|>/);
  });
});
