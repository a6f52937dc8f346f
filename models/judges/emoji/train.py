"""Train the emoji judge: a small classifier of style and object whose features also give Fréchet distances. A quarter of an hour.

    python models/judges/emoji/train.py       # reads emoji64, writes checkpoints/judge.pt, resumes where it stopped

Trained on the core training pictures of all eleven styles; what it is asked about held-out (object, style) pairs it never saw.
"""

import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1]))
from emoji64 import entries, masks, pictures, styles  # noqa: E402
from muon import optimizers  # noqa: E402

SEED, EPOCHS, BATCH, RATE, ADAM_RATE, SHIFT = 0, 28, 64, 0.02, 3e-3, 4
CHECKPOINT = HERE / "checkpoints/judge.pt"
STYLES = list(styles())
CONCEPTS = sorted({row["unicode"]: row["name"] for row in entries("train")}.items())


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Judge(nn.Module):
    """Pictures [N, 3, 64, 64] in [-1, 1] to logits of style [N, 11] and object [N, 1363], and features [N, 128]."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(block(3, 24, 2), block(24, 48), block(48, 64, 2), block(64, 64), block(64, 96, 2), block(96, 128))
        self.style, self.object = nn.Linear(128, len(STYLES)), nn.Linear(128, len(CONCEPTS))

    def forward(self, sample):
        features = self.body(sample).amax((2, 3))
        return self.style(features), self.object(features), features


def pictures_and_labels(split):
    """Pictures as bytes, masks, and the labels of style and object."""
    rows = entries(split)
    place = {unicode: k for k, (unicode, _) in enumerate(CONCEPTS)}
    labels = torch.tensor([(STYLES.index(row["style"]), place[row["unicode"]]) for row in rows])
    return torch.from_numpy(pictures(rows)), torch.from_numpy(masks(rows)), labels


def varied(picture, mask):
    """A third on other colours; all shifted, turned and scaled a little, darker or lighter. Float, −1 to 1."""
    count = len(picture)
    colour = torch.randint(0, 256, (count, 3, 1, 1))
    on_colour = (picture + (1 - mask / 255) * (colour - 255)).clamp(0, 255)
    picture = torch.where(torch.rand(count, 1, 1, 1) < 0.33, on_colour, picture.float()) / 127.5 - 1
    angle, scale = torch.randn(count) * 0.08, 1 + torch.randn(count) * 0.07
    shift = (torch.rand(count, 2) * 2 - 1) * 2 * SHIFT / 64
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    affine = torch.stack([torch.stack([cos, -sin, shift[:, 0]], 1), torch.stack([sin, cos, shift[:, 1]], 1)], 1)
    picture = F.grid_sample(picture, F.affine_grid(affine, list(picture.shape), align_corners=False), padding_mode="border", align_corners=False)
    return picture * (1 + torch.randn(count, 1, 1, 1) * 0.06) + torch.randn(count, 1, 1, 1) * 0.04


@torch.no_grad()
def accuracy(judge, picture, labels):
    """Of style, of object, and of object among the first five."""
    judge.eval()
    said = [judge(part / 127.5 - 1)[:2] for part in picture.split(256)]
    style, thing = (torch.cat(part) for part in zip(*said))
    right = thing.topk(5).indices == labels[:, 1:]
    return (style.argmax(1) == labels[:, 0]).float().mean().item(), right[:, 0].float().mean().item(), right.any(1).float().mean().item()


def main():
    torch.manual_seed(SEED)
    picture, mask, labels = pictures_and_labels("train")
    held_out, _, held_out_labels = pictures_and_labels("heldout")
    judge = Judge().to(memory_format=torch.channels_last)
    optimizer = optimizers(judge.named_parameters(), RATE, ADAM_RATE)
    full = [[group["lr"] for group in part.param_groups] for part in optimizer]
    steps, step, first, start = EPOCHS * (len(picture) // BATCH), 0, 1, time.time()
    if CHECKPOINT.exists():
        saved = torch.load(CHECKPOINT, weights_only=True)
        judge.load_state_dict(saved["judge"])
        for part, state in zip(optimizer, saved["optimizer"]):
            part.load_state_dict(state)
        torch.set_rng_state(saved["random"])
        first, step = saved["epoch"] + 1, saved["step"]
    CHECKPOINT.parent.mkdir(exist_ok=True)
    for epoch in range(first, EPOCHS + 1):
        judge.train()
        for index in torch.randperm(len(picture))[: len(picture) // BATCH * BATCH].split(BATCH):
            step += 1
            with torch.autocast("cpu", torch.bfloat16):
                style, thing, _ = judge(varied(picture[index], mask[index]).contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(style.float(), labels[index, 0]) + F.cross_entropy(thing.float(), labels[index, 1], label_smoothing=0.1)
            for part, rates in zip(optimizer, full):
                for group, highest in zip(part.param_groups, rates):
                    group["lr"] = highest * min(step / 100, (steps - step) / (0.7 * steps), 1)
                part.zero_grad()
            loss.backward()
            for part in optimizer:
                part.step()
        style, first_guess, five = accuracy(judge, held_out, held_out_labels)
        print(f"epoch {epoch}  loss {loss:.3f}  held-out: style {style:.3f}, object {first_guess:.3f}, among five {five:.3f}  {time.time() - start:.0f} s", flush=True)
        state = dict(epoch=epoch, step=step, judge=judge.state_dict(), optimizer=[part.state_dict() for part in optimizer], random=torch.get_rng_state())
        torch.save(state, CHECKPOINT.with_suffix(".new"))
        CHECKPOINT.with_suffix(".new").replace(CHECKPOINT)


if __name__ == "__main__":
    main()
