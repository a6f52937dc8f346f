import { Tokenizer as Pieces } from "@huggingface/tokenizers";
import { z } from "zod";
import { spansOf } from "./weights.ts";

/** A prompt in the numbers that a text encoder takes. */
export type Tokens = {
  /** The numbers of the tokens: the start, the words, the end, and padding up to the tokenizer's length. */
  readonly ids: readonly number[];
  /** How many of them are not padding. */
  readonly count: number;
  /** How much each of them counts, 1 as a rule. */
  readonly weights: readonly number[];
  /** The words that the model has never seen, each once; none where a model does not say which words it knows. */
  readonly unknown: readonly string[];
  /** The words that did not fit in, as the tokenizer reads them; empty where all did. */
  readonly dropped: string;
};

/** Turns prompts into tokens. */
export type Tokenizer = {
  /** How many tokens a text encoder takes. */
  readonly length: number;
  /** Reads a prompt and its weights; throws a RangeError where a weight is too large. */
  readonly encode: (prompt: string) => Tokens;
};

/** What the files of a `tokenizer/` folder say. */
export type TokenizerFiles = {
  /** What is in `tokenizer.json`. */
  readonly json: unknown;
  /** What is in `tokenizer_config.json`. */
  readonly config: unknown;
};

const END_OF_WORD = "</w>";
const LONGEST = 4096;

const schemas = () => {
  const steps = z.nullable(z.looseObject({ type: z.string() }));
  const token = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);
  return {
    json: z.looseObject({
      normalizer: steps,
      pre_tokenizer: steps,
      model: z.looseObject({ type: z.literal("BPE"), end_of_word_suffix: z.literal(END_OF_WORD) }),
    }),
    config: z.looseObject({
      model_max_length: z.int().min(3).max(LONGEST),
      bos_token: token.default("<|startoftext|>"),
      eos_token: token.default("<|endoftext|>"),
      pad_token: token.default("<|endoftext|>"),
      known_words: z.optional(z.array(z.string())),
    }),
  };
};

/**
 * Makes a tokenizer of CLIP's kind, which models of Stable Diffusion's kind read prompts with.
 *
 * A prompt that is too long loses its end and keeps the token that says so. Weights are read by `spansOf`, and each part of
 * the prompt is read on its own. Where the config has `known_words`, words outside of them are reported.
 *
 * Sources: Radford et al. 2021, arXiv:2103.00020; Sennrich et al. 2016, arXiv:1508.07909.
 *
 * @throws {TypeError} when a file does not say what it should
 *
 * @example
 * ```ts
 * import { createTokenizer } from "@unnoise/lib";
 *
 * const read = async (name: string) => JSON.parse(await Deno.readTextFile(`models/emoji/tokenizer/${name}.json`));
 * const { encode } = createTokenizer({ json: await read("tokenizer"), config: await read("tokenizer_config") });
 * const { ids, count, unknown } = encode("a slice of zirconium pizza");
 * console.assert(ids.length === 32 && count < 32 && unknown.join() === "zirconium");
 * ```
 */
export function createTokenizer(files: TokenizerFiles): Tokenizer {
  const schema = schemas();
  const json = checked(schema.json, files.json, "tokenizer.json");
  const config = checked(schema.config, files.config, "tokenizer_config.json");
  const pieces = open(json);
  const [start, end, pad] = [config.bos_token, config.eos_token, config.pad_token].map((token) => {
    const id = pieces.token_to_id(token);
    if (id === undefined) throw new TypeError(`Cannot read a tokenizer: expected ${token} in its vocabulary`);
    return id;
  }) as [number, number, number];
  const length = config.model_max_length;
  const known = config.known_words === undefined ? undefined : new Set(config.known_words);
  const textOf = (ids: readonly number[]) => pieces.decode([...ids], { clean_up_tokenization_spaces: false }).trim();
  return {
    length,
    encode(prompt) {
      const [ids, weights] = [[start], [1]];
      const [unknown, dropped] = [new Set<string>(), [] as number[][]];
      for (const { text, weight } of spansOf(prompt)) {
        for (const word of wordsOf(pieces.encode(text, { add_special_tokens: false }))) {
          const room = length - 1 - ids.length;
          for (const id of word.slice(0, room)) {
            ids.push(id);
            weights.push(weight);
          }
          if (word.length > room) dropped.push(word);
          else if (known && !known.has(textOf(word)) && word[0] !== start && word[0] !== end) unknown.add(textOf(word));
        }
      }
      ids.push(end);
      const count = ids.length;
      const padding = length - count;
      return {
        ids: [...ids, ...new Array<number>(padding).fill(pad)],
        count,
        weights: [...weights, 1, ...new Array<number>(padding).fill(1)],
        unknown: [...unknown].filter((word) => MEANT.test(word)),
        dropped: dropped.length === 0 ? "" : textOf(dropped.flat()),
      };
    },
  };
}

/** Letters, digits and pictures are meant as words; commas and dashes are not. */
const MEANT = /[\p{L}\p{N}\p{So}]/u;

function checked<Value>(schema: z.ZodType<Value>, value: unknown, file: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new TypeError(`Cannot read a tokenizer from ${file}: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** The tokens of each word: the last one ends it. */
function wordsOf({ ids, tokens }: { readonly ids: readonly number[]; readonly tokens: readonly string[] }): number[][] {
  const words: number[][] = [];
  let begun = false;
  ids.forEach((id, k) => {
    const token = tokens[k]!;
    if (begun) words.at(-1)!.push(id);
    else words.push([id]);
    begun = !token.endsWith(END_OF_WORD) && !SPECIAL.test(token);
  });
  return words;
}

const SPECIAL = /^<\|.*\|>$/;

type Steps = { readonly type: string; readonly [option: string]: unknown } | null;

/** GPT-2's words, which byte-level tokenizers cut a text into. */
const GPT2_PARTS = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/**
 * The package reads three things otherwise than the library that models are trained with, so they are said in other words:
 * JavaScript writes a Σ at the end of a word as ς where the other writes σ; it takes U+FEFF for a blank where GPT-2's words
 * are built in; and `<|ENDOFTEXT|>` alone ends the text, unless something stands before it.
 */
function open({ normalizer, pre_tokenizer, ...rest }: { normalizer: Steps; pre_tokenizer: Steps; model: object }) {
  const normalizers = listed(normalizer, "normalizers").flatMap((step) => {
    return step.type === "Lowercase" ? [{ type: "Replace", pattern: { String: "Σ" }, content: "σ" }, step] : [step];
  });
  const pretokenizers = listed(pre_tokenizer, "pretokenizers").flatMap((step) => {
    if (step.type !== "ByteLevel" || step.add_prefix_space === true || step.use_regex === false) return [step];
    const split = { type: "Split", pattern: { Regex: GPT2_PARTS }, behavior: "Removed", invert: true };
    return [split, { ...step, use_regex: false }];
  });
  const said = {
    ...rest,
    normalizer: { type: "Sequence", normalizers: [...normalizers, { type: "Prepend", prepend: " " }] },
    pre_tokenizer: { type: "Sequence", pretokenizers },
  };
  try {
    return new Pieces(said, {});
  } catch (error) {
    throw new TypeError("Cannot read a tokenizer from tokenizer.json: found one of another kind", { cause: error });
  }
}

/** The steps of a sequence, or the one step that there is. */
function listed(steps: Steps, name: string): NonNullable<Steps>[] {
  if (steps === null) return [];
  return steps.type === "Sequence" ? steps[name] as NonNullable<Steps>[] : [steps];
}
