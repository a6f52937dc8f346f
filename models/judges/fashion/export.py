"""Write the trained Fashion judge as ONNX, with its golden and its test accuracy. A minute.

    python models/judges/fashion/export.py    # reads checkpoints/judge.pt, writes model.onnx, labels.json and golden.json
"""

import json
import sys

import numpy as np
import onnxruntime
import torch

from train import HERE, Judge, pictures_and_labels

sys.path.append(str(HERE.parents[1]))
from compact import write_onnx  # noqa: E402
from fashion_mnist import CLASSES  # noqa: E402

TOLERANCE = 5e-3


def main():
    judge = Judge()
    judge.load_state_dict(torch.load(HERE / "checkpoints/judge.pt", weights_only=True))
    judge.half().float().eval()
    write_onnx(HERE / "model.onnx", judge, lambda net, sample: net(sample), (torch.zeros(2, 1, 28, 28),), ["sample"], ["logits", "features"])

    session = onnxruntime.InferenceSession(HERE / "model.onnx")
    pictures, labels = pictures_and_labels("test")
    judged = np.concatenate([session.run(["logits"], {"sample": part.numpy()})[0].argmax(1) for part in pictures.split(1000)])
    accuracy = (judged == labels.numpy()).mean()

    sample = torch.randn(2, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        logits, features = judge(sample)
    golden = {"tolerance": TOLERANCE, "seed": 0, "classes": CLASSES, "logits": logits.tolist(), "features": features.tolist()}
    (HERE / "golden.json").write_text(json.dumps(golden) + "\n")
    (HERE / "labels.json").write_text(json.dumps({"logits": CLASSES}) + "\n")
    found = session.run(None, {"sample": sample.numpy()})
    print("largest difference, ONNX against PyTorch:", max(abs(f - e.numpy()).max() for f, e in zip(found, (logits, features))))
    print(f"model.onnx: {(HERE / 'model.onnx').stat().st_size / 1e6:.2f} MB, test accuracy {accuracy:.4f}")


if __name__ == "__main__":
    main()
