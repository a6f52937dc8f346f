"""The exported judge of style and object, as recipes use it."""

import json
from pathlib import Path

import numpy as np
import onnxruntime

HERE = Path(__file__).resolve().parent


class Judge:
    """Says of pictures float32 [N, 3, 64, 64] in [-1, 1] which style and object they show, and their features."""

    def __init__(self):
        self.session = onnxruntime.InferenceSession(HERE / "model.onnx")
        self.labels = json.loads((HERE / "labels.json").read_text())

    def __call__(self, pictures):
        parts = [self.session.run(None, {"sample": part}) for part in np.array_split(pictures, max(1, len(pictures) // 100))]
        return [np.concatenate(part) for part in zip(*parts)]

    def features(self, pictures):
        return self(pictures)[2]

    def share(self, pictures, rows):
        """The share whose style, of those that the rows are in, is that of its row, and of those whose object is among the first five guesses."""
        style, thing, _ = self(pictures)
        choices = np.array([k for k, name in enumerate(self.labels["style"]) if any(row["style"] == name for row in rows)])
        wanted = np.array([(self.labels["style"].index(row["style"]), self.labels["unicode"].index(row["unicode"])) for row in rows])
        return (choices[style[:, choices].argmax(1)] == wanted[:, 0]).mean(), (np.argsort(-thing, 1)[:, :5] == wanted[:, 1:]).any(1).mean()
