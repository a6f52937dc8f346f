"""Measure the denoiser: how many dB are pictures nearer to what they were before noise came? On the exported file alone.

    python models/conv-denoiser/evaluate.py   # half a minute; prints the figures of README.md, writes before_after.png

Held-out pictures of emoji64, and pictures of 256×256 that are drawn here by formulas. Beside it, the best that a plain blur
can do on the same pictures: a Gaussian of the one width that gains most.
"""

import sys

import numpy as np
import onnxruntime
from PIL import Image
from scipy.ndimage import gaussian_filter

from train import HERE

sys.path.append(str(HERE.parent))
from emoji64 import entries, pictures  # noqa: E402

SEED, SIZE = 0, 256


def drawn():
    """Pictures [5, 3, SIZE, SIZE] from −1 to 1: a sky, discs, stripes that grow finer, tiles, and a hilly landscape."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    rgb = lambda *parts: np.stack([part + 0 * x for part in parts])
    edge = lambda distance: np.clip(0.5 - distance * SIZE, 0, 1)
    over = lambda under, colour, cover: under + (np.array(colour)[:, None, None] - under) * cover

    sky = over(rgb(0.3 + 0.5 * y, 0.5 + 0.4 * y, 0.9 + 0 * y), (1, 0.9, 0.4), edge(np.hypot(x - 0.7, y - 0.3) - 0.12))
    discs = rgb(0.95, 0.93, 0.9)
    random = np.random.RandomState(SEED)
    for _ in range(24):
        (cx, cy), r = random.rand(2), 0.03 + 0.12 * random.rand()
        discs = over(discs, random.rand(3), edge(np.hypot(x - cx, y - cy) - r))
    stripes = rgb(0.5 + 0.45 * np.sin(40 * x + 160 * x * x), 0.5 + 0.3 * np.sin(40 * x + 160 * x * x), 0.4)
    checks = (np.floor(x * 12) + np.floor(y * 12)) % 2
    tiles = rgb(0.2 + 0.6 * checks, 0.3 + 0.5 * checks, 0.6 - 0.3 * checks) * (0.7 + 0.3 * x)
    hills = rgb(0.75, 0.85, 0.95)
    for k in range(4):
        line = 0.35 + 0.15 * k + 0.06 * np.sin(7 * x * (1 + 0.6 * k) + 2 * k) + 0.02 * np.sin(31 * x + k)
        hills = over(hills, (0.5 - 0.1 * k, 0.65 - 0.09 * k, 0.5 - 0.1 * k), edge(line - y))
    return np.stack([sky, discs, stripes, tiles, hills]) * 2 - 1


def psnr(found, wanted):
    return 10 * np.log10(4 / np.square(np.clip(found, -1, 1) - wanted).mean((1, 2, 3)))


def denoise(session, noisy):
    return np.concatenate([session.run(None, {"sample": noisy[k : k + 1].astype(np.float32)})[0] for k in range(len(noisy))])


def rounded(pictures):
    return np.clip(np.round((pictures + 1) * 127.5), 0, 255).astype(np.uint8)


def main():
    session = onnxruntime.InferenceSession(HERE / "model.onnx")
    sets = {"held-out, 64×64": pictures(entries("heldout")) / 127.5 - 1, "drawn, 256×256": drawn()}
    random = np.random.RandomState(SEED)
    for name, clean in sets.items():
        for sigma in (15, 25, 50):
            noisy = clean + random.randn(*clean.shape) * sigma / 127.5
            before = psnr(noisy, clean).mean()
            after = psnr(denoise(session, noisy), clean).mean()
            file = rounded(noisy) / 127.5 - 1
            of_file = psnr(denoise(session, file), clean).mean()
            blurs = [psnr(gaussian_filter(noisy, (0, 0, width, width)), clean).mean() for width in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2)]
            print(
                f"{name}, σ = {sigma}/255: {before:.2f} → {after:.2f} dB, gained {after - before:.2f}"
                f" (from a file of 8 bits: {of_file - before:.2f}; the best blur: {max(blurs) - before:.2f})"
            )

    scene = np.concatenate([drawn()[[4], :, 64:192, 32:192], drawn()[[1], :, 64:192, 32:192]], 2)
    noisy = rounded(scene + np.random.RandomState(SEED).randn(*scene.shape) * 25 / 127.5)
    strip = np.concatenate([noisy, rounded(denoise(session, noisy / 127.5 - 1))], 3)[0]
    Image.fromarray(strip.transpose(1, 2, 0)).save(HERE / "before_after.png", optimize=True)


if __name__ == "__main__":
    main()
