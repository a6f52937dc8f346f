import { describe, expect, it } from "vitest";
import { createTokenizer } from "../../../lib/text/tokenizer.ts";
import { readFixture } from "../../fixtures/read.ts";
import { expectSameTokens, type GoldenPrompt } from "../../fixtures/text/golden.ts";

type Json = Readonly<Record<string, unknown>>;
type Golden = {
  readonly json: Json & { readonly model: Json };
  readonly config: Json;
  readonly prompts: readonly GoldenPrompt[];
};

const { json, config, prompts } = await readFixture<Golden>("text/text.json");
const tokenizer = createTokenizer({ json, config });
const [start, end] = [992, 993];

/** The same tokenizer with these words known. */
function knowing(...known_words: string[]) {
  return createTokenizer({ json, config: { ...config, known_words } });
}

describe("createTokenizer", () => {
  it("reads prompts as transformers does, to the last token", () => {
    expect(prompts.length).toBeGreaterThan(200);
    expectSameTokens(tokenizer, end, prompts);
  });

  it("reads the settings of older configs, which write tokens as objects", () => {
    const token = (content: string) => ({ __type: "AddedToken", content, lstrip: false });
    const older = { model_max_length: 5, bos_token: token("<|endoftext|>"), pad_token: token("!") };
    expect(createTokenizer({ json, config: older }).encode("a").ids).toEqual([end, 320, end, 0, 0]);
  });

  it("keeps start and end where a prompt is too long, and says which words it dropped", () => {
    const { encode } = createTokenizer({ json, config: { ...config, model_max_length: 5 } });
    const { ids, count, dropped } = encode("Red   pizzas, FACE naïve 🍕 cat's end");
    expect([ids[0], ids[4], ids.length, count]).toEqual([start, end, 5, 5]);
    expect(dropped).toBe("pizzas , face naïve 🍕 cat 's end");
    expect(encode("").dropped).toBe("");
  });

  it("drops all of 10,000 words but the first", () => {
    const { dropped, ids } = knowing("cat").encode("cat ".repeat(10_000));
    expect(ids.length).toBe(77);
    expect(dropped.split(" ")).toHaveLength(10_000 - 75);
  });

  it("gives each token the weight of its part of the prompt", () => {
    const plain = tokenizer.encode("a face");
    const { ids, weights, count } = tokenizer.encode("a (face:1.5)");
    expect(ids).toEqual(plain.ids);
    expect(weights.slice(0, count)).toEqual([1, 1, ...new Array(count - 3).fill(1.5), 1]);
    expect(weights.slice(count)).toEqual(new Array(77 - count).fill(1));
  });

  it("names unknown words once, in the order of the prompt, where a model says what it knows", () => {
    const { encode } = knowing("a", "face", "'s", "2");
    expect(encode("A face's Zirconium, a zirconium 🍕 q 27 -- é!").unknown).toEqual(["zirconium", "🍕", "q", "7", "é"]);
    expect(encode("a face, “a”… (face)").unknown).toEqual([]);
    expect(encode("a <|endoftext|> face").unknown).toEqual([]);
    expect(encode("a <|startoftext|>zirconium").unknown).toEqual(["zirconium"]);
    expect(tokenizer.encode("zirconium").unknown).toEqual([]);
  });

  it("names no unknown word among those that it drops", () => {
    const { encode } = createTokenizer({ json, config: { ...config, model_max_length: 3, known_words: ["a"] } });
    expect(encode("a zirconium")).toMatchObject({ unknown: [], dropped: "zirconium" });
  });

  it.each([
    ["tokenizer.json", { json: null, config }],
    ["tokenizer.json: model.type", { json: { ...json, model: { ...json.model, type: "Unigram" } }, config }],
    ["tokenizer.json: model.end_of_word", {
      json: { ...json, model: { ...json.model, end_of_word_suffix: "" } },
      config,
    }],
    ["tokenizer.json: found one of another kind", { json: { ...json, normalizer: { type: "Nothing" } }, config }],
    ["tokenizer_config.json: model_max_length", { json, config: { ...config, model_max_length: 1e30 } }],
    ["tokenizer_config.json: model_max_length", { json, config: { ...config, model_max_length: 2 } }],
    ["tokenizer_config.json: model_max_length", { json, config: { ...config, model_max_length: 4097 } }],
    ["expected <pad> in its vocabulary", { json, config: { ...config, pad_token: "<pad>" } }],
  ])("refuses files that say something else: %s", (sentence, files) => {
    expect(() => createTokenizer(files)).toThrow(TypeError);
    expect(() => createTokenizer(files)).toThrow(sentence);
  });
});
