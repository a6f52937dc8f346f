"""Measure the upscaler: is it sharper than bicubic, and how near to the truth? On held-out pictures, with the exported files.

    python models/emoji-upscaler/evaluate.py  # prints the figures of README.md, writes beside_bicubic.png

PSNR is of pictures of 8 bits, the mean over pictures. The Fréchet distance (Heusel et al. 2017, arXiv:1706.08500) is between
the enlarged pictures and the real ones, on the features of models/judges/emoji. Small pictures come by the mean of 4×4 pixels,
and once more by bicubic.
"""

import sys

import numpy as np
import onnxruntime
import torch
from diffusers import DDIMScheduler
from PIL import Image
from scipy.linalg import sqrtm

from train import HERE, SCALE, bicubic, psnr, shrink

sys.path.append(str(HERE.parent))
from emoji64 import entries, pictures  # noqa: E402

STEPS, BATCH, SEED = (1, 2, 4, 8, 20), 49, 0
SHEET, SHOWN = ("noto", "fluent-3d", "twemoji", "fxemoji", "pixel", "fluent-flat"), 4
JUDGE = HERE.parent / "judges/emoji/model.onnx"


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


def features(judge, picture):
    parts = [judge.run(["features"], {"sample": part.numpy()})[0] for part in picture.split(BATCH)]
    return np.concatenate(parts).astype(np.float64)


def frechet(a, b):
    gap = a.mean(0) - b.mean(0)
    return gap @ gap + np.trace(np.cov(a.T) + np.cov(b.T) - 2 * sqrtm(np.cov(a.T) @ np.cov(b.T)).real)


def sharpness(picture):
    """The mean absolute difference of neighbours, of 255: blurred pictures have less than the real ones."""
    return 127.5 * ((picture[..., 1:] - picture[..., :-1]).abs().mean() + (picture[..., 1:, :] - picture[..., :-1, :]).abs().mean()).item() / 2


def main():
    network = onnxruntime.InferenceSession(HERE / "unet/model.onnx")
    judge = onnxruntime.InferenceSession(JUDGE) if JUDGE.exists() else None
    rows = entries("heldout")
    real = torch.from_numpy(pictures(rows)) / 127.5 - 1
    true = None if judge is None else features(judge, real)

    def report(name, found):
        distance = "" if judge is None else f", Fréchet distance {frechet(features(judge, found), true):.4f}"
        print(f"  {name}: {psnr(found, real).mean():.2f} dB, edges {sharpness(found):.2f}{distance}", flush=True)

    kept = {}
    for by_area in (True, False):
        small = shrink(real, torch.tensor(by_area))
        print(f"{len(real)} held-out pictures, made small by {'the mean of 4×4 pixels' if by_area else 'bicubic'} (real edges: {sharpness(real):.2f})")
        report("bicubic", rounded(bicubic(small)))
        for steps in STEPS if by_area else (1, 4):
            generator = torch.Generator().manual_seed(SEED)
            found = torch.cat([enlarge(network, part, steps, generator) for part in small.split(BATCH)])
            report(f"{steps} step{'s' * (steps > 1)}", found)
            if by_area:
                kept[steps] = found

    # The sheet shows the first held-out pictures of some styles, so that nobody chose them.
    chosen = [k for style in SHEET for k in [k for k, row in enumerate(rows) if row["style"] == style][:1]][: len(SHEET)]
    small = shrink(real[chosen], torch.tensor(True))
    columns = [torch.nn.functional.interpolate(small, scale_factor=4), rounded(bicubic(small)), kept[1][chosen], kept[SHOWN][chosen], real[chosen]]
    sheet = torch.cat([torch.cat(list(column), 1) for column in columns], 2)
    large = torch.nn.functional.interpolate(sheet[None], scale_factor=2)[0]
    Image.fromarray(((large + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()).save(HERE / "beside_bicubic.png", optimize=True)


if __name__ == "__main__":
    main()
