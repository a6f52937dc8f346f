"""Measure the student beside its teacher: how far are pictures of few steps from real ones, and is the class seen?

    python models/fashion-student/evaluate.py # ten minutes; prints the figures of README.md

Uses the exported files alone. Distances are on the features of ../judges/fashion.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch

HERE = Path(__file__).resolve().parent
TEACHER = HERE.parent / "fashion"
sys.path.insert(0, str(TEACHER))  # whose evaluate.py it is, not this one
from evaluate import BATCH, CLASSES, GUIDANCE, PICTURES, SEED, frechet, generate, judge_of, load  # noqa: E402

RUNS = [(TEACHER, 50), (TEACHER, 20), (TEACHER, 4), (TEACHER, 1), (HERE, 1), (HERE, 2), (HERE, 4), (HERE, 8)]


def main():
    judge = onnxruntime.InferenceSession(HERE.parent / "judges/fashion/model.onnx")
    real, _ = load("test")
    chosen = np.random.RandomState(SEED).permutation(len(real))[:PICTURES]
    _, features_real = judge_of(judge, real[chosen][:, None] / 127.5 - 1)
    asked = np.arange(PICTURES) % len(CLASSES)
    first = None
    for folder, steps in RUNS:
        generator, guidance = torch.Generator().manual_seed(SEED), GUIDANCE if folder == TEACHER else 1
        parts = np.split(asked, PICTURES // BATCH)
        judged, features = judge_of(judge, np.concatenate([generate(folder, part, generator, steps, guidance) for part in parts]))
        distance = frechet(features, features_real)
        first = first or distance
        print(f"{folder.name}, {steps} steps: Fréchet distance {distance:.2f}, {distance / first:.2f} of the first; judged as asked {(judged == asked).mean():.3f}", flush=True)


if __name__ == "__main__":
    main()
