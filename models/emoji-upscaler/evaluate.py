"""Measure the upscaler: is it sharper than bicubic, and how near to the truth? On held-out pictures, with the exported files.

    python models/emoji-upscaler/evaluate.py  # three minutes; prints the figures of README.md

PSNR is of pictures of 8 bits, the mean over pictures. The Fréchet distance (Heusel et al. 2017, arXiv:1706.08500) is between
the enlarged pictures and the real ones, on the features of models/judges/emoji. Small pictures come by the mean of 4×4 pixels,
and once more by bicubic.
"""

import sys

import numpy as np
import onnxruntime
import torch
from diffusers import DDIMScheduler

from train import HERE, SCALE, bicubic, psnr, shrink

sys.path.append(str(HERE.parent))
sys.path.append(str(HERE.parent / "judges/emoji"))
from emoji64 import entries, pictures  # noqa: E402
from frechet import frechet  # noqa: E402
from judge import Judge  # noqa: E402

STEPS, BATCH, SEED = (1, 2, 4, 8, 20), 49, 0


def rounded(picture):
    return ((picture.clamp(-1, 1) + 1) * 127.5).round() / 127.5 - 1


def enlarge(network, small, steps, generator):
    scheduler = DDIMScheduler.from_pretrained(HERE / "scheduler")
    scheduler.set_timesteps(steps)
    count, _, height, width = small.shape
    x = torch.randn(count, 3, 4 * height, 4 * width, generator=generator)
    for t in scheduler.timesteps:
        feeds = {"sample": x.numpy(), "timestep": np.full(count, t, np.float32), "image": small.numpy()}
        x = scheduler.step(torch.from_numpy(network.run(None, feeds)[0]), t, x).prev_sample
    return rounded(bicubic(small) + SCALE * x)


def sharpness(picture):
    """The mean absolute difference of neighbours, of 255: blurred pictures have less than the real ones."""
    return 127.5 * ((picture[..., 1:] - picture[..., :-1]).abs().mean() + (picture[..., 1:, :] - picture[..., :-1, :]).abs().mean()).item() / 2


def main():
    network, judge = onnxruntime.InferenceSession(HERE / "unet/model.onnx"), Judge()
    real = torch.from_numpy(pictures(entries("heldout"))) / 127.5 - 1
    true = judge.features(real.numpy())

    def report(name, found):
        distance = frechet(judge.features(found.numpy()), true)
        print(f"  {name}: {psnr(found, real).mean():.2f} dB, edges {sharpness(found):.2f}, Fréchet distance {distance:.2f}", flush=True)

    for by_area in (True, False):
        small = shrink(real, torch.tensor(by_area))
        print(f"{len(real)} held-out pictures, made small by {'the mean of 4×4 pixels' if by_area else 'bicubic'} (real edges: {sharpness(real):.2f})")
        report("bicubic", rounded(bicubic(small)))
        for steps in STEPS if by_area else (1, 4):
            generator = torch.Generator().manual_seed(SEED)
            found = torch.cat([enlarge(network, part, steps, generator) for part in small.split(BATCH)])
            report(f"{steps} step{'s' * (steps > 1)}", found)


if __name__ == "__main__":
    main()
