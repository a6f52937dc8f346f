"""Measure the student beside its teacher: how far are pictures of few steps from real ones, and is what was asked for seen?

    python models/emoji-student/evaluate.py   # half an hour; prints the figures of README.md

Uses the exported files alone. Distances are on the features of ../judges/emoji, of the same prompts for all.
"""

import random
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).resolve().parent
TEACHER = HERE.parent / "emoji"
sys.path.insert(0, str(TEACHER))  # whose evaluate.py it is, not this one
from evaluate import BATCH, GUIDANCE, PICTURES, SEED, STYLES, Emoji, Judge, entries, frechet, pictures, plain  # noqa: E402

RUNS = [(TEACHER, 50), (TEACHER, 20), (TEACHER, 4), (TEACHER, 1), (HERE, 1), (HERE, 2), (HERE, 4), (HERE, 8)]


def main():
    judge = Judge()
    rows = random.Random(SEED).sample([row for row in entries("train") if row["style"] in STYLES], 2 * PICTURES)
    asked, others = rows[:PICTURES], rows[PICTURES:]
    captions = [plain(row["name"], row["style"]) for row in asked]
    real = judge.features(pictures(others) / np.float32(127.5) - 1)
    first = None
    for folder, steps in RUNS:
        model, generator = Emoji(folder), torch.Generator().manual_seed(SEED)
        drawn = np.concatenate([model.draw(captions[k : k + BATCH], generator, steps) for k in range(0, PICTURES, BATCH)])
        style, five = judge.share(drawn, asked)
        distance = frechet(judge.features(drawn), real)
        first = first or distance
        print(f"{folder.name}, {steps} steps, guidance {GUIDANCE}: Fréchet distance {distance:.2f}, {distance / first:.2f} of the first; style {style:.3f}, object among the first five {five:.3f}", flush=True)


if __name__ == "__main__":
    main()
