"""Measure the Fashion network: does the judge see the class that was asked for, and how far are the pictures from real ones?

    python models/fashion/evaluate.py         # about six minutes; prints the figures of README.md

Uses the exported files alone: the network's ONNX, the judge's ONNX and diffusers' DDIM.
"""

import json
import sys
from functools import cache
from pathlib import Path

import diffusers
import numpy as np
import onnxruntime
import torch

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from fashion_mnist import CLASSES, load  # noqa: E402
from frechet import frechet  # noqa: E402

PICTURES, STEPS, GUIDANCE, BATCH, SEED = 2000, 20, 2.0, 100, 0
NULL = len(CLASSES)


def generate(folder, labels, generator, steps=STEPS, guidance=GUIDANCE, **options):
    """Pictures by the model of a folder, in half tones of a byte from −1 to 1; at guidance 1 it is asked once a step."""
    network = opened(folder)
    config = json.loads((folder / "scheduler/scheduler_config.json").read_text()) | options
    scheduler = getattr(diffusers, config["_class_name"]).from_config(config)
    scheduler.set_timesteps(steps)
    x = torch.randn(len(labels), 1, 28, 28, generator=generator)
    told = np.concatenate([np.full(len(labels), NULL), labels]) if guidance != 1 else labels
    for t in scheduler.timesteps:
        both = x if guidance == 1 else torch.cat([x, x])
        feeds = {"sample": both.numpy(), "timestep": np.full(len(both), t, np.float32), "class_labels": told.astype(np.int64)}
        said = torch.from_numpy(network.run(None, feeds)[0])
        if guidance != 1:
            without, wanted = said.chunk(2)
            said = without + guidance * (wanted - without)
        x = scheduler.step(said, t, x, generator=generator).prev_sample
    return (x.clamp(-1, 1) * 127.5 + 127.5).round().numpy() / 127.5 - 1


@cache
def opened(folder):
    return onnxruntime.InferenceSession(folder / "unet/model.onnx")


def judge_of(session, pictures):
    parts = [session.run(None, {"sample": part}) for part in np.array_split(pictures.astype(np.float32), len(pictures) // BATCH)]
    return np.concatenate([logits for logits, _ in parts]).argmax(1), np.concatenate([features for _, features in parts])


def main():
    judge = onnxruntime.InferenceSession(HERE.parent / "judges/fashion/model.onnx")
    generator = torch.Generator().manual_seed(SEED)
    asked = np.arange(PICTURES) % len(CLASSES)
    pictures = np.concatenate([generate(HERE, part, generator) for part in np.split(asked, PICTURES // BATCH)])
    judged, features = judge_of(judge, pictures)

    real, labels = load("test")
    order = np.random.RandomState(SEED).permutation(len(real))
    judged_real, features_real = judge_of(judge, real[order][:, None] / 127.5 - 1)
    halves = frechet(features_real[:PICTURES], features_real[PICTURES : 2 * PICTURES])

    print(f"{PICTURES} pictures, DDIM, {STEPS} steps, guidance {GUIDANCE}, seed {SEED}")
    print(f"judged class = asked class: {(judged == asked).mean():.4f} (real test pictures: {(judged_real == labels[order]).mean():.4f})")
    for label, name in enumerate(CLASSES):
        print(f"  {name:10} {(judged == asked)[asked == label].mean():.3f}")
    few = asked[:200]
    for guidance in (2, 3):
        for clip in (False, True):
            clipped = generate(HERE, few, torch.Generator().manual_seed(SEED), guidance=guidance, clip_sample=clip)
            right = (judge_of(judge, clipped)[0] == few).mean()
            print(f"  guidance {guidance}, clip_sample {clip}: {right:.3f} of 200 judged right")
    generator = torch.Generator().manual_seed(SEED)
    plain = np.concatenate([generate(HERE, part, generator, guidance=1) for part in np.split(asked, PICTURES // BATCH)])
    judged_plain, features_plain = judge_of(judge, plain)
    print(f"without guidance: judged class = asked class {(judged_plain == asked).mean():.4f}")
    distances = [frechet(found, features_real[:PICTURES]) for found in (features, features_plain)]
    print(f"Fréchet distance: {distances[0]:.2f} generated against real, {distances[1]:.2f} without guidance, {halves:.2f} real against real, {PICTURES} pictures each")


if __name__ == "__main__":
    main()
