"""Train the upscaler: small pictures to pictures four times as wide and as high. About twenty-five minutes on one core.

    python models/emoji-upscaler/train.py     # reads emoji64, writes checkpoints/upscaler.pt, resumes where it stopped

It draws what bicubic enlargement leaves out, so a sample is (picture − bicubic) / SCALE. The network is diffusers' own
UNet2DModel without attention; to be quick it sees each 4×4 block of pixels as one place of 48 channels (Shi et al. 2016,
arXiv:1609.05158), beside the pixel of the small picture that lies there (Saharia et al. 2021, arXiv:2104.07636). It predicts v
(Salimans and Ho 2022, arXiv:2202.00512). In nothing but noise that is minus the mean of all pictures that fit: the answer of
least squared error, in one call. A part of each batch is spent there.
"""

import copy
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import DDIMScheduler, UNet2DModel

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from emoji64 import entries, masks, pictures  # noqa: E402
from muon import optimizers  # noqa: E402
from training import descender, keep_average, resume, save  # noqa: E402

SEED, STEPS, BATCH = 0, 1650, 64
RATE, ADAM_RATE, WARM_UP, COOL_DOWN = 0.02, 2e-3, 100, 0.4
EMA_DECAY, SAVE_EVERY, MEASURE = 0.998, 50, 128
IN_ONE_CALL = 16  # of a batch are nothing but noise
FACTOR, SCALE = 4, 0.2
CHECKPOINT = HERE / "checkpoints/upscaler.pt"

UNET = dict(
    sample_size=16,
    in_channels=3 * FACTOR**2 + 3,
    out_channels=2 * 3 * FACTOR**2,
    block_out_channels=(72, 96),
    layers_per_block=1,
    down_block_types=("DownBlock2D",) * 2,
    up_block_types=("UpBlock2D",) * 2,
    add_attention=False,
    norm_num_groups=8,
)
SCHEDULER = dict(
    num_train_timesteps=1000,
    beta_schedule="squaredcos_cap_v2",
    prediction_type="v_prediction",
    timestep_spacing="trailing",
    clip_sample=False,
)


def bicubic(small):
    """Four times as wide and as high, as Pillow does it: a = −0.5, the edges from what is inside."""
    return F.interpolate(small, scale_factor=FACTOR, mode="bicubic", antialias=True)


def shrink(picture, by_area):
    """A quarter of the width and of the height, by the mean of each block or by bicubic, in whole steps of 1/255."""
    area = F.avg_pool2d(picture, FACTOR)
    cubic = F.interpolate(picture, scale_factor=1 / FACTOR, mode="bicubic", antialias=True)
    small = torch.where(by_area, area, cubic).clamp(-1, 1)
    return ((small + 1) * 127.5).round() / 127.5 - 1


def varied(picture, mask, index):
    """Four pictures a row of `index`, half of them on backgrounds of random colours; the first alone, or a cut of all four in a square."""
    count = len(index)
    picture, mask = picture[index.flatten()].float(), mask[index.flatten()] / 255
    on_white = (torch.rand(len(picture), 1, 1, 1) < 0.5).float()
    colour = torch.randint(0, 256, (len(picture), 3, 1, 1)) - 255
    four = (picture + (1 - on_white) * (1 - mask) * colour).clamp(0, 255).view(count, 2, 2, 3, 64, 64)
    square = four.permute(0, 3, 1, 4, 2, 5).reshape(count, 3, 128, 128)
    top, left = torch.where(torch.rand(1, count) < 0.5, 0, torch.randint(0, 65, (2, count))).tolist()
    cut = torch.stack([s[:, y : y + 64, x : x + 64] for s, y, x in zip(square, top, left)]) / 127.5 - 1
    return torch.where(torch.rand(count, 1, 1, 1) < 0.5, cut.flip(3), cut)


def ask(unet, sample, small, time_step):
    """The network as it is trained and exported: blocks of pixels as places, and back. Half of what it says is v, the other half
    how much of the sample comes on top: where the picture is even all of the sample is noise, which need not pass through it."""
    places = F.pixel_unshuffle(sample, FACTOR)
    v, gate = unet(torch.cat([places, small], 1), time_step).sample.float().chunk(2, 1)
    return F.pixel_shuffle(v + gate * places, FACTOR)


def psnr(found, wanted):
    """In dB, of each picture, both from −1 to 1."""
    return 10 * torch.log10(4 / (found.clamp(-1, 1) - wanted).square().mean((1, 2, 3)))


@torch.no_grad()
def measure(unet, held_out):
    """The answer in one call, and bicubic."""
    small = shrink(held_out, torch.tensor(True))
    noise = torch.randn(held_out.shape, generator=torch.Generator().manual_seed(0))
    answer = torch.cat([ask(unet, *part, torch.tensor(999)) for part in zip(noise.split(64), small.split(64))])
    return psnr(bicubic(small) - SCALE * answer, held_out).mean().item(), psnr(bicubic(small), held_out).mean().item()


def rate(step):
    """The share of the full rate: a linear warm-up, and a linear cool-down at the end."""
    return min(step / WARM_UP, 1, (1 - step / STEPS) / COOL_DOWN + 0.005)


def main():
    torch.manual_seed(SEED)
    rows = entries("train")
    picture, mask = torch.from_numpy(pictures(rows)), torch.from_numpy(masks(rows))
    held_out = torch.from_numpy(pictures(entries("heldout")))
    held_out = held_out[torch.from_numpy(np.random.RandomState(SEED).permutation(len(held_out))[:MEASURE])] / 127.5 - 1

    scheduler = DDIMScheduler(**SCHEDULER)
    unet = UNet2DModel(**UNET).to(memory_format=torch.channels_last)
    average = copy.deepcopy(unet).requires_grad_(False)
    optimizer = optimizers(unet.named_parameters(), RATE, ADAM_RATE)
    descend = descender(optimizer)
    first = resume(CHECKPOINT, optimizer, unet=unet, average=average)

    start, losses = time.time(), []
    for step in range(first, STEPS + 1):
        clean = varied(picture, mask, torch.randint(0, len(picture), (BATCH, 4)))
        small = shrink(clean, torch.rand(BATCH, 1, 1, 1) < 0.5)
        image = (clean - bicubic(small)) / SCALE
        # One time from each of equal parts of the schedule: every batch sees all noise levels.
        spread = BATCH - IN_ONE_CALL
        time_step = torch.cat([(torch.arange(spread) + torch.rand(spread)) / spread * 1000, torch.full((IN_ONE_CALL,), 999)]).long()
        noise = torch.randn_like(image)
        noisy = scheduler.add_noise(image, noise, time_step)
        target = scheduler.get_velocity(image, noise, time_step)
        with torch.autocast("cpu", torch.bfloat16):
            answer = ask(unet, noisy, small, time_step)
        loss = (answer - target).square().mean()

        descend(loss, rate(step))
        keep_average(average, unet, step, EMA_DECAY)

        losses.append(loss.item())
        if step % SAVE_EVERY == 0 or step == STEPS:
            mean, speed = sum(losses) / len(losses), len(losses) * BATCH / (time.time() - start)
            found, plain = measure(average, held_out)
            print(f"step {step}  loss {mean:.4f}  one call {found:.2f} dB (bicubic {plain:.2f})  {speed:.0f} pictures/s", flush=True)
            start, losses = time.time(), []
            save(CHECKPOINT, step, optimizer, unet=unet, average=average)


if __name__ == "__main__":
    main()
