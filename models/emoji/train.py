"""Train the text encoder and the U-Net: words to latents, by diffusion.

    python models/emoji/train.py              # reads emoji64 and checkpoints/vae.pt, writes checkpoints/unet.pt, resumes where it stopped

Both networks are small ones of the kinds that Stable Diffusion uses, transformers' CLIPTextModel and diffusers'
UNet2DConditionModel, trained together from nothing (Rombach et al. 2022, arXiv:2112.10752, section 3.3). The noise schedule is
the cosine one (Nichol and Dhariwal 2021, arXiv:2102.09672); the U-Net predicts v (Salimans and Ho 2022, arXiv:2202.00512); one
caption in eight is dropped, for classifier-free guidance (Ho and Salimans 2022, arXiv:2207.12598).
"""

import copy
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from captions import COLOURS, STYLES, caption  # noqa: E402
from emoji64 import entries, masks, pictures  # noqa: E402
from muon import optimizers  # noqa: E402
from training import descender, keep_average, resume, save  # noqa: E402
from train_vae import CHECKPOINT as VAE_CHECKPOINT, JOINT_STEPS, VAE  # noqa: E402

SEED, STEPS, BATCH, RATE, ADAM_RATE, WARM_UP, COOL_DOWN = 0, 8000, 64, 0.01, 1e-3, 200, 0.2
EMA_DECAY, DROPPED_CAPTIONS, ON_COLOUR, BACKGROUNDS, SAVE_EVERY = 0.9995, 0.12, 0.3, 3, 100
CHECKPOINT, LATENTS = HERE / "checkpoints/unet.pt", HERE / "checkpoints/latents.pt"

WIDTH = 128
UNET = dict(
    sample_size=16,
    in_channels=4,
    out_channels=4,
    block_out_channels=(48, 96, 112),
    layers_per_block=1,
    down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    mid_block_type="UNetMidBlock2D",
    up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    attention_head_dim=4,  # the number of heads, whatever its name says
    norm_num_groups=16,
    cross_attention_dim=WIDTH,
    # What the caption says as a whole goes the way of the time, beside the attention to its words.
    addition_embed_type="text",
    addition_embed_type_num_heads=4,
    resnet_time_scale_shift="scale_shift",
)
TEXT = dict(hidden_size=WIDTH, intermediate_size=4 * WIDTH, num_hidden_layers=2, num_attention_heads=4, projection_dim=WIDTH)
SCHEDULER = dict(
    num_train_timesteps=1000,
    beta_schedule="squaredcos_cap_v2",
    prediction_type="v_prediction",
    timestep_spacing="trailing",
    steps_offset=1,  # what StableDiffusionPipeline asks for; trailing spacing does not use it
    clip_sample=False,
)


def text_config(tokenizer):
    ids = dict(bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    return CLIPTextConfig(vocab_size=len(tokenizer), max_position_embeddings=tokenizer.model_max_length, **ids, **TEXT)


@torch.no_grad()
def encode_all(rows):
    """Latents of all pictures on white and on BACKGROUNDS other colours each, the names of those, and what they are scaled by."""
    saved = torch.load(VAE_CHECKPOINT, weights_only=True)
    assert saved["step"] >= JOINT_STEPS, "the encoder is not done yet: train_vae.py first"
    vae = AutoencoderKL(**VAE).to(memory_format=torch.channels_last)
    vae.load_state_dict(saved["vae"])
    dice = random.Random(SEED)
    names = [[None, *dice.sample(sorted(COLOURS), BACKGROUNDS)] for _ in rows]
    picture, mask = torch.from_numpy(pictures(rows)), torch.from_numpy(masks(rows)) / 255
    latents = []
    for k in range(BACKGROUNDS + 1):
        colour = torch.tensor([COLOURS.get(name[k], (255, 255, 255)) for name in names])[:, :, None, None]
        on_colour = (picture + (1 - mask) * (colour - 255)).clamp(0, 255) / 127.5 - 1
        latents.append(torch.cat([vae.encode(part).latent_dist.mean.half() for part in on_colour.split(256)]))
    latents = torch.stack(latents, 1)
    return dict(latents=latents, names=names, scale=1 / latents.float().std().item())


def rate(step):
    """The share of the full rate: a linear warm-up, a long plain, a linear cool-down."""
    return min(step / WARM_UP, 1, (STEPS - step) / (COOL_DOWN * STEPS))


def main():
    torch.manual_seed(SEED)
    rows = [row for row in entries("train") if row["style"] in STYLES]
    if not LATENTS.exists():
        torch.save(encode_all(rows), LATENTS)
    data = torch.load(LATENTS, weights_only=True)
    latents, backgrounds = data["latents"] * data["scale"], data["names"]

    tokenizer = CLIPTokenizer.from_pretrained(HERE, subfolder="tokenizer")
    scheduler = DDIMScheduler(**SCHEDULER)
    both = torch.nn.ModuleDict(dict(text_encoder=CLIPTextModel(text_config(tokenizer)), unet=UNet2DConditionModel(**UNET)))
    average = copy.deepcopy(both).requires_grad_(False)
    optimizer = optimizers(both.named_parameters(), RATE, ADAM_RATE)
    descend = descender(optimizer)
    first = resume(CHECKPOINT, optimizer, both=both, average=average)

    start, losses = time.time(), []
    for step in range(first, STEPS + 1):
        dice = random.Random(step)
        chosen = [dice.randrange(len(rows)) for _ in range(BATCH)]
        grounds = [dice.randint(1, BACKGROUNDS) if dice.random() < ON_COLOUR else 0 for _ in chosen]
        clean = latents[chosen, grounds].float()
        said = ["" if dice.random() < DROPPED_CAPTIONS else caption(rows[i], backgrounds[i][k], dice) for i, k in zip(chosen, grounds)]
        ids = tokenizer(said, padding="max_length", truncation=True, return_tensors="pt").input_ids
        # One time from each of BATCH equal parts of the schedule: every batch sees all noise levels.
        time_step = ((torch.arange(BATCH) + torch.rand(BATCH)) / BATCH * 1000).long()
        noise = torch.randn_like(clean)
        target = scheduler.get_velocity(clean, noise, time_step)
        with torch.autocast("cpu", torch.bfloat16):
            told = both["text_encoder"](ids).last_hidden_state
            found = both["unet"](scheduler.add_noise(clean, noise, time_step), time_step, told).sample
        loss = (found.float() - target).square().mean()

        descend(loss, rate(step))
        keep_average(average, both, step, EMA_DECAY)

        losses.append(loss.item())
        if step % SAVE_EVERY == 0:
            print(f"step {step}  loss {np.mean(losses):.4f}  {len(losses) * BATCH / (time.time() - start):.0f} pictures/s", flush=True)
            start, losses = time.time(), []
            save(CHECKPOINT, step, optimizer, both=both, average=average)


if __name__ == "__main__":
    main()
