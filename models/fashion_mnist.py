"""Fashion-MNIST as arrays: the one place that knows its files.

Data: Xiao, Rasul and Vollgraf 2017, MIT licence, https://github.com/zalandoresearch/fashion-mnist (folder data/fashion).
Put the four .gz files into one folder and name it in FASHION_MNIST; the default is the folder shared/data/fashion-mnist beside the repository.
"""

import gzip
import os
from pathlib import Path

import numpy as np

CLASSES = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
FOLDER = Path(os.environ.get("FASHION_MNIST", Path(__file__).resolve().parents[2] / "shared/data/fashion-mnist"))


def load(split):
    """Pictures uint8 [N, 28, 28] and labels uint8 [N] of split "train" (60,000) or "test" (10,000)."""
    stem = {"train": "train", "test": "t10k"}[split]
    with gzip.open(FOLDER / f"{stem}-images-idx3-ubyte.gz") as file:
        pictures = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(FOLDER / f"{stem}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return pictures, labels
