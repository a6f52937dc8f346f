"""Does augmentation help? Train the Fashion judge on 100 real pictures a class, alone and with variations of them that we made.

    python models/fashion/augmentation.py     # twenty minutes; prints the figures of README.md; needs deno on the PATH, or DENO

The variations come from `deno task unnoise augment`. All judges see as many pictures as each other, mirrored and shifted alike.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "judges/fashion"))  # whose train.py it is, not the one beside this file
from fashion_mnist import CLASSES, load  # noqa: E402
from muon import optimizers  # noqa: E402
from train import Judge, accuracy, jitter, pictures_and_labels  # noqa: E402

PER_CLASS, VARIATIONS, STRENGTH, STEPS, BATCH, RUNS = 100, 5, 0.7, 1200, 64, 3
DENO = os.environ.get("DENO", "deno").split()


def chosen():
    """The first hundred training pictures of each class, as bytes, and their labels."""
    pictures, labels = load("train")
    rows = np.concatenate([np.flatnonzero(labels == label)[:PER_CLASS] for label in range(len(CLASSES))])
    return pictures[rows], labels[rows].astype(int)


def varied(pictures, labels, folder):
    """What `unnoise augment` makes of them, in the order of its manifest."""
    for k, (picture, label) in enumerate(zip(pictures, labels)):
        path = folder / "real" / CLASSES[label] / f"{k:04}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(path)
    options = dict(count=VARIATIONS, strength=STRENGTH, steps=12, guidance=1.5, seed=0)
    said = [f"--{name}={value}" for name, value in options.items()]
    command = [*DENO, "task", "unnoise", "augment", "--in", folder / "real", "--out", folder / "made", *said]
    subprocess.run(command, check=True, cwd=HERE.parents[1])
    lines = [json.loads(line) for line in (folder / "made/manifest.jsonl").read_text().splitlines()]
    lines = [line for line in lines if "file" in line]
    made = np.stack([np.asarray(Image.open(folder / "made" / line["file"]).convert("L")) for line in lines])
    return made, np.array([CLASSES.index(line["label"]) for line in lines])


def trained(pictures, labels, seed, weights):
    """The test accuracy of a judge that learned from these, drawn by their weights."""
    torch.manual_seed(seed)
    pictures, labels = torch.from_numpy(pictures)[:, None] / 127.5 - 1, torch.from_numpy(labels)
    judge = Judge()
    optimizer = optimizers(judge.named_parameters(), 0.01, 2e-3)
    full = [[group["lr"] for group in part.param_groups] for part in optimizer]
    judge.train()
    for step in range(STEPS):
        index = torch.multinomial(weights, BATCH, replacement=True)
        loss = F.cross_entropy(judge(jitter(pictures[index]))[0], labels[index], label_smoothing=0.05)
        for part, rates in zip(optimizer, full):
            for group, highest in zip(part.param_groups, rates):
                group["lr"] = highest * min(1, step / 100) * (1 - step / STEPS)
            part.zero_grad()
        loss.backward()
        for part in optimizer:
            part.step()
    return accuracy(judge, *pictures_and_labels("test"))


def main():
    real, labels = chosen()
    with tempfile.TemporaryDirectory() as folder:
        made, made_labels = varied(real, labels, Path(folder))
    both, both_labels = np.concatenate([real, made]), np.concatenate([labels, made_labels])
    # Half of what is seen is real: made pictures are many, and a little off.
    weights = torch.cat([torch.full((len(real),), 1 / len(real)), torch.full((len(made),), 1 / len(made))])
    alone = [trained(real, labels, seed, torch.ones(len(real))) for seed in range(RUNS)]
    beside = [trained(both, both_labels, seed, weights) for seed in range(RUNS)]
    shown = lambda values: " ".join(f"{value:.4f}" for value in values)
    print(f"{PER_CLASS} real pictures a class: {np.mean(alone):.4f} ({shown(alone)})")
    print(f"with {VARIATIONS} variations of each: {np.mean(beside):.4f} ({shown(beside)})")
    print(f"gained: {100 * (np.mean(beside) - np.mean(alone)):.2f} points, over {RUNS} seeds")


if __name__ == "__main__":
    main()
