"""Measure the Fashion network: does the judge see the class that was asked for, and how far are the pictures from real ones?

    python models/fashion/evaluate.py         # about six minutes; prints the figures of README.md

Uses the exported files alone: the network's ONNX, the judge's ONNX and diffusers' DDIM.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from diffusers import DDIMScheduler

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from fashion_mnist import CLASSES, load  # noqa: E402
from frechet import frechet  # noqa: E402

PICTURES, STEPS, GUIDANCE, BATCH, SEED = 2000, 20, 2.0, 100, 0
NULL = len(CLASSES)


def generate(network, labels, generator, guidance=GUIDANCE, **options):
    scheduler = DDIMScheduler.from_pretrained(HERE / "scheduler", **options)
    scheduler.set_timesteps(STEPS)
    x = torch.randn(len(labels), 1, 28, 28, generator=generator)
    both = np.concatenate([np.full(len(labels), NULL), labels]).astype(np.int64)
    for t in scheduler.timesteps:
        feeds = {"sample": torch.cat([x, x]).numpy(), "timestep": np.full(len(both), t, np.float32), "class_labels": both}
        without, wanted = torch.from_numpy(network.run(None, feeds)[0]).chunk(2)
        x = scheduler.step(without + guidance * (wanted - without), t, x).prev_sample
    return (x.clamp(-1, 1) * 127.5 + 127.5).round().numpy() / 127.5 - 1


def judge_of(session, pictures):
    parts = [session.run(None, {"sample": part}) for part in np.array_split(pictures.astype(np.float32), len(pictures) // BATCH)]
    return np.concatenate([logits for logits, _ in parts]).argmax(1), np.concatenate([features for _, features in parts])


def main():
    network = onnxruntime.InferenceSession(HERE / "unet/model.onnx")
    judge = onnxruntime.InferenceSession(HERE.parent / "judges/fashion/model.onnx")
    generator = torch.Generator().manual_seed(SEED)
    asked = np.arange(PICTURES) % len(CLASSES)
    pictures = np.concatenate([generate(network, part, generator) for part in np.split(asked, PICTURES // BATCH)])
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
            clipped = generate(network, few, torch.Generator().manual_seed(SEED), guidance, clip_sample=clip)
            right = (judge_of(judge, clipped)[0] == few).mean()
            print(f"  guidance {guidance}, clip_sample {clip}: {right:.3f} of 200 judged right")
    print(f"Fréchet distance: {frechet(features, features_real[:PICTURES]):.2f} generated against real, {halves:.2f} real against real, {PICTURES} pictures each")


if __name__ == "__main__":
    main()
