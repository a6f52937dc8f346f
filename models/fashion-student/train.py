"""Train the student of the Fashion network: one to four steps instead of fifty. Half an hour on one core.

    python models/fashion-student/train.py    # reads ../fashion, writes checkpoints/, resumes where it stopped

The network is the teacher's, without the class for nothing in particular: the teacher's guidance is in what it learns.
"""

import sys
from pathlib import Path

import torch
from diffusers import DDIMScheduler, UNet2DModel

HERE = Path(__file__).resolve().parent
TEACHER = HERE.parent / "fashion"
sys.path.append(str(HERE.parent))
from distillation import Walks, follow, learn  # noqa: E402
from fashion_mnist import CLASSES  # noqa: E402

SEED, WALKS, STEPS_OF_WALK, GUIDANCE = 0, 8000, 20, 2.0
TRAINING = dict(steps=2500, batch=64, rate=0.005, adam_rate=5e-4, seed=SEED)
NULL = len(CLASSES)
CHECKPOINT, PLACES = HERE / "checkpoints/student.pt", HERE / "checkpoints/walks.pt"


def open_student(teacher):
    student = UNet2DModel.from_config({**teacher.config, "num_class_embeds": NULL})
    weights = teacher.state_dict()
    weights["class_embedding.weight"] = weights["class_embedding.weight"][:NULL]
    student.load_state_dict(weights)
    return student


@torch.no_grad()
def walk(teacher):
    """Guided runs of the teacher, as many of each class."""
    generator = torch.Generator().manual_seed(SEED)
    labels = torch.arange(WALKS) % NULL
    scheduler = DDIMScheduler.from_pretrained(TEACHER, subfolder="scheduler")
    places = []
    for done, wanted in enumerate(labels.split(100)):
        both = torch.cat([torch.full_like(wanted, NULL), wanted])

        def ask(x, t):
            with torch.autocast("cpu", torch.bfloat16):
                without, told = teacher(torch.cat([x, x]), t, class_labels=both).sample.float().chunk(2)
            return without + GUIDANCE * (told - without)

        places.append(follow(ask, scheduler, torch.randn(len(wanted), 1, 28, 28, generator=generator), STEPS_OF_WALK))
        print(f"{100 * (done + 1)} of {WALKS} runs", flush=True)
    return dict(places=torch.cat(places), labels=labels)


def main():
    CHECKPOINT.parent.mkdir(exist_ok=True)
    teacher = UNet2DModel.from_pretrained(TEACHER, subfolder="unet", variant="fp16", torch_dtype=torch.float32).eval()
    if not PLACES.exists():
        torch.save(walk(teacher), PLACES)
    data = torch.load(PLACES, weights_only=True)
    student = open_student(teacher)
    scheduler = DDIMScheduler.from_pretrained(TEACHER, subfolder="scheduler")
    ask = lambda x, t, chosen: student(x, t, class_labels=data["labels"][chosen]).sample
    learn(student, ask, Walks(data["places"], scheduler.config), CHECKPOINT, **TRAINING)


if __name__ == "__main__":
    main()
