"""Train the Fashion network: a class-conditional diffusion model in pixels. Three hours on a core, minutes on a GPU.

    python models/fashion/train.py            # reads Fashion-MNIST, writes checkpoints/fashion.pt, resumes where it stopped

The network is diffusers' own UNet2DModel; the noise schedule is the cosine one (Nichol and Dhariwal 2021, arXiv:2102.09672);
it predicts v (Salimans and Ho 2022, arXiv:2202.00512); one label in ten is dropped, so that classifier-free guidance
(Ho and Salimans 2022, arXiv:2207.12598) can be used.
"""

import copy
import sys
import time
from pathlib import Path

import torch
from diffusers import DDIMScheduler, UNet2DModel

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from fashion_mnist import CLASSES, load  # noqa: E402
from muon import optimizers  # noqa: E402
from training import descender, keep_average, resume, save  # noqa: E402

SEED, STEPS, BATCH, RATE, ADAM_RATE, WARM_UP, COOL_DOWN = 0, 6500, 64, 0.01, 1e-3, 200, 0.4
EMA_DECAY, DROPPED_LABELS, SAVE_EVERY = 0.999, 0.1, 100
NULL = len(CLASSES)
CHECKPOINT = HERE / "checkpoints/fashion.pt"

UNET = dict(
    sample_size=28,
    in_channels=1,
    out_channels=1,
    block_out_channels=(16, 48, 96),
    layers_per_block=1,
    down_block_types=("DownBlock2D", "DownBlock2D", "AttnDownBlock2D"),
    up_block_types=("AttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
    attention_head_dim=32,
    norm_num_groups=8,
    num_class_embeds=NULL + 1,
)
SCHEDULER = dict(
    num_train_timesteps=1000,
    beta_schedule="squaredcos_cap_v2",
    prediction_type="v_prediction",
    timestep_spacing="trailing",
    # DDIM would clip the image but keep the noise, which pulls guided runs away from what was asked for.
    clip_sample=False,
)


def rate(step):
    """The share of the full rate: a linear warm-up, a plain, a linear cool-down."""
    return min(step / WARM_UP, 1, (STEPS - step) / (COOL_DOWN * STEPS))


def main():
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pictures, labels = load("train")
    pictures = (torch.from_numpy(pictures.copy())[:, None].float() / 127.5 - 1).to(device)
    labels = torch.from_numpy(labels.copy()).long().to(device)

    scheduler = DDIMScheduler(**SCHEDULER)
    unet = UNet2DModel(**UNET).to(device)
    average = copy.deepcopy(unet).requires_grad_(False)
    optimizer = optimizers(unet.named_parameters(), RATE, ADAM_RATE)
    descend = descender(optimizer)
    first = resume(CHECKPOINT, optimizer, unet=unet, average=average)

    start, losses = time.time(), []
    for step in range(first, STEPS + 1):
        index = torch.randint(0, len(pictures), (BATCH,), device=device)
        clean, label = pictures[index], labels[index]
        label = torch.where(torch.rand(BATCH, device=device) < DROPPED_LABELS, NULL, label)
        # One time from each of BATCH equal parts of the schedule: every batch sees all noise levels.
        time_step = ((torch.arange(BATCH, device=device) + torch.rand(BATCH, device=device)) / BATCH * 1000).long()
        noise = torch.randn_like(clean)
        noisy = scheduler.add_noise(clean, noise, time_step)
        target = scheduler.get_velocity(clean, noise, time_step)
        with torch.autocast(device, torch.bfloat16):
            found = unet(noisy, time_step, class_labels=label).sample
        loss = (found.float() - target).square().mean()

        descend(loss, rate(step))
        keep_average(average, unet, step, EMA_DECAY)

        losses.append(loss.item())
        if step % SAVE_EVERY == 0 or step == STEPS:
            mean = sum(losses) / len(losses)
            print(f"step {step}  loss {mean:.4f}  {len(losses) * BATCH / (time.time() - start):.0f} pictures/s", flush=True)
            start, losses = time.time(), []
            save(CHECKPOINT, step, optimizer, unet=unet, average=average)


if __name__ == "__main__":
    main()
