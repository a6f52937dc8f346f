"""Make the tokenizer of `emoji`: CLIP's, with a vocabulary in which every word of the training captions is one token.

    python models/emoji/prepare.py          # reads emoji64, writes tokenizer/ in a few seconds, always the same bytes

CLIP's rules (Radford et al. 2021, arXiv:2103.00020): NFC, lower case, runs of letters, single digits, runs of anything else, then
bytes and byte-pair merges (Sennrich et al. 2016, arXiv:1508.07909). A keyword that only one concept has is left out. Merges leave
fragments such as "able" in the vocabulary, so tokenizer_config.json lists in `known_words` the words that were really there;
whoever reads a prompt can say which of its words the model has never seen.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tokenizers import normalizers, pre_tokenizers
from transformers import CLIPTokenizer
from transformers.convert_slow_tokenizer import bytes_to_unicode

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from emoji64 import entries, styles  # noqa: E402

FOLDER = HERE / "tokenizer"
LENGTH, END, START, STOP = 32, "</w>", "<|startoftext|>", "<|endoftext|>"
COLOURS = "white black grey red orange yellow green blue purple pink brown beige teal navy".split()
TEMPLATES = "a an of in style on with background picture drawing icon emoji the and its is for to at , . 's -".split()


def pieces(text):
    """What byte-pair encoding is told of a text: words, single digits, runs of signs."""
    return re.findall(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|[^\s\w]+", text.lower())


def words():
    """The words that the model is trained on, in order of the alphabet. Keywords outside of them do not belong in captions."""
    rows = entries("train")
    concepts = defaultdict(set)
    for row in rows:
        for word in pieces(" ".join(row["keywords"])):
            concepts[word].add(row["name"])
    found = {word for row in rows for word in pieces(row["name"])} | {word for word in concepts if len(concepts[word]) > 1}
    for style in styles().values():
        found.update(pieces(f"{style['word']} {style['phrase']}"))
    return sorted(found.union(COLOURS, TEMPLATES))


def merges_for(words):
    """Byte pairs, the most frequent first, until each word is one symbol; the order of the alphabet decides between equals."""
    written = {word: [*word[:-1], word[-1] + END] for word in words}
    pairs = lambda symbols: list(zip(symbols, symbols[1:]))
    counts = Counter(pair for symbols in written.values() for pair in pairs(symbols))
    merges = []
    while pair := min((pair for pair in counts if counts[pair] > 0), key=lambda pair: (-counts[pair], pair), default=None):
        merges.append(pair)
        for word, symbols in written.items():
            if pair not in pairs(symbols):
                continue
            counts.subtract(pairs(symbols))
            merged = []
            for symbol in symbols:
                if merged and (merged[-1], symbol) == pair:
                    merged[-1] += symbol
                else:
                    merged.append(symbol)
            written[word] = merged
            counts.update(pairs(merged))
    return merges


def main():
    known = words()
    assert all(word.isascii() for word in known), "merges are made of letters, which are bytes in ASCII alone"
    letters, merges = list(bytes_to_unicode().values()), merges_for(known)
    symbols = [*letters, *(letter + END for letter in letters), *dict.fromkeys(a + b for a, b in merges), START, STOP]
    vocabulary = {symbol: id for id, symbol in enumerate(symbols)}
    options = dict(vocab=vocabulary, merges=merges, model_max_length=LENGTH, known_words=known)
    tokenizer = CLIPTokenizer(**options)
    tokenizer.save_pretrained(FOLDER)

    compact = lambda path: path.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False, separators=(",", ":")) + "\n")
    compact(FOLDER / "tokenizer.json")
    compact(FOLDER / "tokenizer_config.json")

    # Programs from before tokenizer.json read these three.
    specials = dict(bos_token=START, eos_token=STOP, pad_token=STOP, unk_token=STOP)
    (FOLDER / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":")) + "\n")
    (FOLDER / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))
    (FOLDER / "special_tokens_map.json").write_text(json.dumps(specials, indent=2) + "\n")

    read = CLIPTokenizer.from_pretrained(HERE, subfolder="tokenizer")
    for word in known:
        assert len(read(word).input_ids) == 3, f"{word} is {read.tokenize(word)}"
    print(f"{len(known)} words, {len(vocabulary)} tokens")


if __name__ == "__main__":
    main()
