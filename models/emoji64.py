"""emoji64 as arrays: the one place that knows its files.

Data: 16,292 captioned 64×64 pictures in eleven drawing styles, put together from Noto Emoji (Apache-2.0), Twemoji (CC-BY-4.0),
Fluent Emoji (MIT) and others, which CREDITS.md lists. Put images.bin, index.jsonl, styles.json, alpha4.zz and heldout.txt into
one folder and name it in EMOJI64; the default is the folder shared/data/emoji64 beside the repository.
"""

import json
import os
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(os.environ.get("EMOJI64", Path(__file__).resolve().parents[2] / "shared/data/emoji64"))
SIZE = 64


def entries(split):
    """What index.jsonl says of the pictures of split "train" (12,082) or "heldout" (637), each with its row in the files."""
    rows = [json.loads(line) for line in (FOLDER / "index.jsonl").read_text().splitlines()]
    return [{**row, "row": k} for k, row in enumerate(rows) if row["core"] and row["split"] == split]


def styles():
    """The word and the phrase of each drawing style, and whom to credit."""
    return json.loads((FOLDER / "styles.json").read_text())


def pictures(rows):
    """uint8 [N, 3, 64, 64], on white."""
    data = (FOLDER / "images.bin").read_bytes()
    read = lambda row: np.asarray(Image.open(BytesIO(data[row["offset"] : row["offset"] + row["length"]])).convert("RGB"))
    return np.stack([read(row) for row in rows]).transpose(0, 3, 1, 2)


def masks(rows):
    """uint8 [N, 1, 64, 64]: how much of a pixel the drawing covers, 255 is all of it."""
    packed = np.frombuffer(zlib.decompress((FOLDER / "alpha4.zz").read_bytes()), np.uint8).reshape(-1, SIZE, SIZE // 2)
    packed = packed[[row["row"] for row in rows]]
    return (np.stack([packed >> 4, packed & 15], -1).reshape(-1, 1, SIZE, SIZE) * 17).astype(np.uint8)
