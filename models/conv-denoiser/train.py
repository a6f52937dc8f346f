"""Train the smallest denoiser: two convolutions that say what the noise in a picture is. Ten minutes on one core.

    python models/conv-denoiser/train.py      # reads emoji64, writes checkpoints/denoiser.pt, resumes where it stopped

A picture with noise goes in and the noise comes out (Zhang et al. 2017, arXiv:1608.03981), whatever its strength, up to twice
that of the usual test, σ = 25/255. Half of the pictures are cut off at black and white after the noise came, as files are. The
rate of learning falls to zero, so that the last weights need no average.
"""

import math
import sys
import time
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from emoji64 import entries, masks, pictures  # noqa: E402

SEED, STEPS, BATCH, CUT, PEAK_RATE, WARM_UP, SAVE_EVERY = 0, 6000, 32, 32, 5e-3, 100, 500
WEAKEST, STRONGEST, USUAL = 5, 50, 25  # σ, of 255
CHECKPOINT = HERE / "checkpoints/denoiser.pt"


def network():
    return torch.nn.Sequential(torch.nn.Conv2d(3, 64, 3, padding=1), torch.nn.ReLU(), torch.nn.Conv2d(64, 3, 3, padding=1))


def noisy(clean, sigma, cut):
    """`clean` from −1 to 1, σ in parts of 255."""
    found = clean + torch.randn_like(clean) * sigma * (2 / 255)
    return torch.where(cut, found.clamp(-1, 1), found)


def rate(step):
    """Linear warm-up, then a cosine down to zero."""
    return PEAK_RATE * min(step / WARM_UP, 0.5 + 0.5 * math.cos(math.pi * step / STEPS))


def varied(picture, mask):
    """A part of each, three of four on backgrounds of random colours. Float, −1 to 1."""
    colour = torch.randint(0, 256, (len(picture), 3, 1, 1)) - 255
    other = torch.rand(len(picture), 1, 1, 1) < 0.75
    whole = (picture + other * (1 - mask / 255) * colour).clamp(0, 255) / 127.5 - 1
    top, left = torch.randint(0, whole.shape[-1] - CUT + 1, (2,))
    return whole[:, :, top : top + CUT, left : left + CUT].contiguous(memory_format=torch.channels_last)


def psnr(found, wanted):
    """In dB, of each picture, both from −1 to 1."""
    return 10 * torch.log10(4 / (found.clamp(-1, 1) - wanted).square().mean((1, 2, 3)))


@torch.no_grad()
def gain(net, clean, sigma=USUAL, cut=False):
    """How many dB nearer to the clean pictures than the noisy ones, cut off at black and white like the answer, and how near."""
    torch.manual_seed(SEED)
    dirty = noisy(clean, sigma, torch.tensor(cut))
    found = torch.cat([part - net(part) for part in dirty.split(16)])
    return (psnr(found, clean) - psnr(dirty, clean)).mean().item(), psnr(found, clean).mean().item()


def main():
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rows = entries("train")
    picture, mask = torch.from_numpy(pictures(rows)), torch.from_numpy(masks(rows))
    held_out = torch.from_numpy(pictures(entries("heldout"))) / 127.5 - 1

    net = network().to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(net.parameters())
    first = 1
    if CHECKPOINT.exists():
        saved = torch.load(CHECKPOINT, weights_only=True)
        net.load_state_dict(saved["net"])
        optimizer.load_state_dict(saved["optimizer"])
        torch.set_rng_state(saved["random"])
        first = saved["step"] + 1
    CHECKPOINT.parent.mkdir(exist_ok=True)

    start, losses = time.time(), []
    for step in range(first, STEPS + 1):
        index = torch.randint(0, len(picture), (BATCH,))
        clean = varied(picture[index], mask[index])
        sigma = WEAKEST + (STRONGEST - WEAKEST) * torch.rand(BATCH, 1, 1, 1)
        dirty = noisy(clean, sigma, torch.rand(BATCH, 1, 1, 1) < 0.5)
        # Strong noise leaves more error than weak noise; divided by σ, all count alike.
        loss = ((dirty - net(dirty) - clean) / (sigma * (2 / 255))).square().mean()

        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        losses.append(loss.item())
        if step % SAVE_EVERY == 0 or step == STEPS:
            random = torch.get_rng_state()
            better, found = gain(net, held_out)
            print(f"step {step}  loss {sum(losses) / len(losses):.4f}  held-out {found:.2f} dB, gained {better:.2f}  {len(losses) * BATCH / (time.time() - start):.0f} pictures/s", flush=True)
            torch.set_rng_state(random)
            start, losses = time.time(), []
            torch.save(dict(step=step, net=net.state_dict(), optimizer=optimizer.state_dict(), random=random), CHECKPOINT.with_suffix(".new"))
            CHECKPOINT.with_suffix(".new").replace(CHECKPOINT)


if __name__ == "__main__":
    main()
