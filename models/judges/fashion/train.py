"""Train the Fashion judge: a small classifier whose last features also give Fréchet distances. About ten minutes on two cores.

    python models/judges/fashion/train.py     # reads Fashion-MNIST, writes checkpoints/judge.pt
"""

import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1]))
from fashion_mnist import load  # noqa: E402

SEED, EPOCHS, BATCH, PEAK_RATE, SHIFT = 0, 12, 128, 4e-3, 2


def block(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Judge(nn.Module):
    """Pictures [N, 1, 28, 28] in [-1, 1] to logits [N, 10] and features [N, 128]."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(block(1, 24), block(24, 32, 2), block(32, 64), block(64, 64, 2), block(64, 128), block(128, 128, 2))
        self.head = nn.Linear(128, 10)

    def forward(self, sample):
        features = self.body(sample).mean((2, 3))
        return self.head(features), features


def pictures_and_labels(split):
    pictures, labels = load(split)
    return torch.from_numpy(pictures.copy())[:, None].float() / 127.5 - 1, torch.from_numpy(labels.copy()).long()


def accuracy(judge, pictures, labels):
    judge.eval()
    with torch.no_grad():
        return torch.cat([judge(p)[0].argmax(1) == l for p, l in zip(pictures.split(1000), labels.split(1000))]).float().mean().item()


def jitter(pictures):
    """Shift the batch by up to SHIFT pixels and mirror half of it: garments stay garments."""
    padded = F.pad(pictures, [SHIFT] * 4, value=-1.0)
    y, x = torch.randint(0, 2 * SHIFT + 1, (2,)).tolist()
    pictures = padded[:, :, y : y + 28, x : x + 28]
    mirrored = torch.rand(len(pictures), 1, 1, 1) < 0.5
    return torch.where(mirrored, pictures.flip(3), pictures)


def main():
    torch.manual_seed(SEED)
    pictures, labels = pictures_and_labels("train")
    judge = Judge().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(judge.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, EPOCHS * (len(pictures) // BATCH))
    start = time.time()
    for epoch in range(EPOCHS):
        judge.train()
        for index in torch.randperm(len(pictures))[: len(pictures) // BATCH * BATCH].split(BATCH):
            loss = F.cross_entropy(judge(jitter(pictures[index]))[0], labels[index], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            plan.step()
        print(f"epoch {epoch + 1}  loss {loss:.3f}  test accuracy {accuracy(judge, *pictures_and_labels('test')):.4f}  {time.time() - start:.0f} s", flush=True)
    (HERE / "checkpoints").mkdir(exist_ok=True)
    torch.save(judge.state_dict(), HERE / "checkpoints/judge.pt")


if __name__ == "__main__":
    main()
