"""Train the student of the emoji model: one to four steps instead of fifty. An hour and a half on one core.

    python models/emoji-student/train.py      # reads ../emoji and emoji64's captions, writes checkpoints/, resumes where it stopped

The U-Net is the teacher's with one more input, the guidance scale (Meng et al. 2023, arXiv:2210.03142); text encoder and
autoencoder stay the teacher's.
"""

import random
import sys
from pathlib import Path

import torch
from diffusers import DDIMScheduler, LatentConsistencyModelPipeline, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).resolve().parent
TEACHER = HERE.parent / "emoji"
sys.path += [str(HERE.parent), str(TEACHER)]
from captions import COLOURS, STYLES, caption  # noqa: E402
from distillation import Walks, follow, learn  # noqa: E402
from emoji64 import entries  # noqa: E402

SEED, WALKS, STEPS_OF_WALK, SCALES, ON_COLOUR = 0, 4096, 20, (2, 4), 0.2
TRAINING = dict(steps=2000, batch=64, rate=0.005, adam_rate=5e-4, seed=SEED)
EMBEDDING = 256
CHECKPOINT, PLACES = HERE / "checkpoints/student.pt", HERE / "checkpoints/walks.pt"


def scale_embedding(scales):
    """Guidance scales [N] as the student is told them, [N, EMBEDDING]: as in diffusers' own pipeline."""
    return LatentConsistencyModelPipeline.get_guidance_scale_embedding(None, scales - 1, embedding_dim=EMBEDDING)


def open_teacher():
    read = dict(variant="fp16", torch_dtype=torch.float32)
    return (
        CLIPTokenizer.from_pretrained(TEACHER, subfolder="tokenizer"),
        CLIPTextModel.from_pretrained(TEACHER, subfolder="text_encoder", **read).eval(),
        UNet2DConditionModel.from_pretrained(TEACHER, subfolder="unet", **read).eval(),
    )


def open_student(teacher):
    """The teacher's network and weights; what the scale adds is nothing at first."""
    student = UNet2DConditionModel.from_config({**teacher.config, "time_cond_proj_dim": EMBEDDING})
    missing, _ = student.load_state_dict(teacher.state_dict(), strict=False)
    assert missing == ["time_embedding.cond_proj.weight"], missing
    torch.nn.init.zeros_(student.time_embedding.cond_proj.weight)
    return student


@torch.no_grad()
def walk(tokenizer, text_encoder, teacher):
    """Runs of the teacher with captions as in its training and scales from SCALES."""
    dice, generator = random.Random(SEED), torch.Generator().manual_seed(SEED)
    rows = [row for row in entries("train") if row["style"] in STYLES]
    background = lambda: dice.choice(sorted(COLOURS)) if dice.random() < ON_COLOUR else None
    said = [caption(dice.choice(rows), background(), dice) for _ in range(WALKS)]
    ids = tokenizer(said, padding="max_length", truncation=True, return_tensors="pt").input_ids
    nothing = text_encoder(tokenizer([""], padding="max_length", return_tensors="pt").input_ids).last_hidden_state
    told = torch.cat([text_encoder(part).last_hidden_state for part in ids.split(256)])
    scales = SCALES[0] + (SCALES[1] - SCALES[0]) * torch.rand(WALKS, generator=generator)
    scheduler = DDIMScheduler.from_pretrained(TEACHER, subfolder="scheduler")
    places = []
    for done, (words, scale) in enumerate(zip(told.split(64), scales.split(64))):
        both = torch.cat([nothing.expand(len(words), -1, -1), words])

        def ask(x, t):
            with torch.autocast("cpu", torch.bfloat16):
                without, wanted = teacher(torch.cat([x, x]), t, both).sample.float().chunk(2)
            return without + scale.view(-1, 1, 1, 1) * (wanted - without)

        places.append(follow(ask, scheduler, torch.randn(len(words), 4, 16, 16, generator=generator), STEPS_OF_WALK))
        print(f"{64 * (done + 1)} of {WALKS} runs", flush=True)
    return dict(places=torch.cat(places), told=told.half(), scales=scales)


def main():
    CHECKPOINT.parent.mkdir(exist_ok=True)
    tokenizer, text_encoder, teacher = open_teacher()
    if not PLACES.exists():
        torch.save(walk(tokenizer, text_encoder, teacher), PLACES)
    data = torch.load(PLACES, weights_only=True)
    student = open_student(teacher)
    cond = scale_embedding(data["scales"])

    def ask(x, t, chosen):
        return student(x, t, data["told"][chosen].float(), timestep_cond=cond[chosen]).sample

    scheduler = DDIMScheduler.from_pretrained(TEACHER, subfolder="scheduler")
    learn(student, ask, Walks(data["places"], scheduler.config), CHECKPOINT, **TRAINING)


if __name__ == "__main__":
    main()
