/** What the files of an older tokenizer say. */
export type ClipFiles = {
  /** Each token and its number: `vocab.json`. */
  readonly vocabulary: Readonly<Record<string, number>>;
  /** The pairs that are merged, one a line, the first first: `merges.txt`. */
  readonly merges: string;
};

/** CLIP's words: what is between blanks, cut into endings, runs of letters, single digits and runs of signs. */
const CLIP_PARTS = String
  .raw`<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

const SPECIAL = ["<|startoftext|>", "<|endoftext|>"];

/**
 * What `tokenizer.json` would say, for a folder from before there was one, such as the first ones of Stable Diffusion.
 *
 * Sources: Radford et al. 2021, arXiv:2103.00020; transformers, `CLIPTokenizer`.
 *
 * @throws {TypeError} when the vocabulary lacks `<|startoftext|>` or `<|endoftext|>`
 *
 * @example
 * ```ts
 * import { clipTokenizer, createTokenizer } from "@unnoise/lib";
 *
 * const vocabulary = { a: 0, "b</w>": 1, "ab</w>": 2, "<|startoftext|>": 3, "<|endoftext|>": 4 };
 * const json = clipTokenizer({ vocabulary, merges: "#version: 0.2\na b</w>\n" });
 * const tokenizer = createTokenizer({ json, config: { model_max_length: 4 } });
 * console.assert(tokenizer.encode("ab").ids.join() === "3,2,4,4");
 * ```
 */
export function clipTokenizer({ vocabulary, merges }: ClipFiles): Readonly<Record<string, unknown>> {
  const missing = SPECIAL.find((token) => !Object.hasOwn(vocabulary, token));
  if (missing !== undefined) throw new TypeError(`Cannot read a tokenizer: expected ${missing} in its vocabulary`);
  const lines = merges.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#version"));
  const [start, end] = SPECIAL.map((token) => [token, vocabulary[token]!]);
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content) => ({ id: vocabulary[content], content, normalized: false, special: true })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: String.raw`\s+` }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: CLIP_PARTS }, behavior: "Removed", invert: true },
        { type: "ByteLevel", add_prefix_space: false, use_regex: true },
      ],
    },
    post_processor: { type: "RobertaProcessing", sep: end, cls: start, trim_offsets: false, add_prefix_space: false },
    decoder: { type: "ByteLevel" },
    model: {
      type: "BPE",
      unk_token: SPECIAL[1],
      continuing_subword_prefix: "",
      end_of_word_suffix: "</w>",
      fuse_unk: false,
      vocab: vocabulary,
      merges: lines.map((line) => line.split(" ")),
    },
  };
}
