"""Train the autoencoder: pictures 64×64×3 to latents 16×16×4 and back. First all of it, then the decoder alone.

    python models/emoji/train_vae.py          # reads emoji64, writes checkpoints/vae.pt, resumes where it stopped

The network is diffusers' own AutoencoderKL without attention (Kingma and Welling 2014, arXiv:1312.6114; Rombach et al. 2022,
arXiv:2112.10752). A picture's loss is its mean absolute error and the root of its mean squared error, beside a small KL term.
Half of the pictures get a background of another colour or are mirrored, so that latents know more than white. The encoder is
frozen after JOINT_STEPS: from then on train.py can learn what its latents look like while the decoder still gets better.
"""

import sys
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from emoji64 import entries, masks, pictures  # noqa: E402
from muon import optimizers  # noqa: E402
from training import descender, resume, save  # noqa: E402

SEED, BATCH, JOINT_STEPS, DECODER_STEPS = 0, 32, 3000, 2500
RATE, ADAM_RATE, WARM_UP, COOL_DOWN = 0.02, 2e-3, 100, 0.4
KL_WEIGHT, SAVE_EVERY = 3e-4, 250
CHECKPOINT = HERE / "checkpoints/vae.pt"

VAE = dict(
    in_channels=3,
    out_channels=3,
    latent_channels=4,
    sample_size=64,
    block_out_channels=(16, 32, 96),
    layers_per_block=1,
    down_block_types=("DownEncoderBlock2D",) * 3,
    up_block_types=("UpDecoderBlock2D",) * 3,
    norm_num_groups=8,
    mid_block_add_attention=False,
)


def rate(step):
    """The share of the full rate: a linear warm-up, and a linear cool-down at the end of each of the two parts."""
    done = step / JOINT_STEPS if step <= JOINT_STEPS else (step - JOINT_STEPS) / DECODER_STEPS
    return min(step / WARM_UP, 1, (1 - done) / COOL_DOWN + 0.01) * (1 if step <= JOINT_STEPS else 0.5)


def varied(picture, mask):
    """Half of a batch on backgrounds of random colours, half of it mirrored. Float, −1 to 1."""
    colour = torch.randint(0, 256, (len(picture), 3, 1, 1))
    other = torch.rand(len(picture), 1, 1, 1) < 0.5
    on_colour = (picture + (1 - mask / 255) * (colour - 255)).clamp(0, 255)
    picture = torch.where(other, on_colour, picture.float()) / 127.5 - 1
    return torch.where(torch.rand(len(picture), 1, 1, 1) < 0.5, picture.flip(3), picture).contiguous(memory_format=torch.channels_last)


def psnr(found, wanted):
    """In dB, of each picture, both from −1 to 1."""
    return 10 * torch.log10(4 / (found.clamp(-1, 1) - wanted).square().mean((1, 2, 3)))


@torch.no_grad()
def measure(vae, held_out):
    return torch.cat([psnr(vae.decode(vae.encode(part).latent_dist.mean).sample, part) for part in held_out.split(64)]).mean().item()


def main():
    torch.manual_seed(SEED)
    rows = entries("train")
    picture, mask = torch.from_numpy(pictures(rows)), torch.from_numpy(masks(rows))
    held_out = torch.from_numpy(pictures(entries("heldout"))) / 127.5 - 1

    vae = AutoencoderKL(**VAE).to(memory_format=torch.channels_last)
    optimizer = optimizers(vae.named_parameters(), RATE, ADAM_RATE)
    descend = descender(optimizer)
    first = resume(CHECKPOINT, optimizer, vae=vae)

    start, losses = time.time(), []
    for step in range(first, JOINT_STEPS + DECODER_STEPS + 1):
        frozen = step > JOINT_STEPS
        vae.encoder.requires_grad_(not frozen)
        vae.quant_conv.requires_grad_(not frozen)
        index = torch.randint(0, len(picture), (BATCH,))
        clean = varied(picture[index], mask[index])
        with torch.autocast("cpu", torch.bfloat16):
            latent = vae.encode(clean).latent_dist
            guess = vae.decode(latent.sample()).sample.float()
        error = guess - clean
        loss = error.abs().mean() + (error.square().mean((1, 2, 3)) + 1e-6).sqrt().mean() + KL_WEIGHT * latent.kl().float().mean() / latent.mean[0].numel()

        descend(loss, rate(step))

        losses.append(loss.item())
        if step % SAVE_EVERY == 0:
            print(f"step {step}  loss {sum(losses) / len(losses):.4f}  held-out {measure(vae, held_out):.2f} dB  {len(losses) * BATCH / (time.time() - start):.0f} pictures/s", flush=True)
            start, losses = time.time(), []
            save(CHECKPOINT, step, optimizer, vae=vae)


if __name__ == "__main__":
    main()
