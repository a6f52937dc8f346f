"""Write the trained emoji judge as ONNX, with its labels, its golden and its test accuracy. A minute.

    python models/judges/emoji/export.py      # reads checkpoints/judge.pt, writes model.onnx, labels.json and golden.json
"""

import json
import sys

import onnxruntime
import torch

from train import CHECKPOINT, CONCEPTS, HERE, STYLES, Judge, pictures_and_labels

sys.path.append(str(HERE.parents[1]))
from compact import write_onnx  # noqa: E402

TOLERANCE = 2e-2
OUTPUTS = ["style", "object", "features"]


def main():
    judge = Judge()
    judge.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["judge"])
    judge.half().float().eval()
    write_onnx(HERE / "model.onnx", judge, lambda net, sample: net(sample), (torch.zeros(2, 3, 64, 64),), ["sample"], OUTPUTS)
    labels = {"style": STYLES, "object": [name for _, name in CONCEPTS], "unicode": [unicode for unicode, _ in CONCEPTS]}
    (HERE / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, separators=(",", ":")) + "\n")

    sample = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        said = judge(sample)
    shown = {name: [round(value, 4) for value in output[:, :128].flatten().tolist()] for name, output in zip(OUTPUTS, said)}
    (HERE / "golden.json").write_text(json.dumps({"tolerance": TOLERANCE, "seed": 0, **shown}) + "\n")

    session = onnxruntime.InferenceSession(HERE / "model.onnx")
    found = session.run(None, {"sample": sample.numpy()})
    print("largest difference, ONNX against PyTorch:", max(abs(f - e.numpy()).max() for f, e in zip(found, said)))
    for split in ("train", "heldout"):
        picture, _, wanted = pictures_and_labels(split)
        parts = [session.run(None, {"sample": (part / 127.5 - 1).numpy()})[:2] for part in picture.split(500)]
        style, thing = (torch.cat([torch.from_numpy(part[k]) for part in parts]) for k in (0, 1))
        right = thing.topk(5).indices == wanted[:, 1:]
        print(f"{split}: style {(style.argmax(1) == wanted[:, 0]).float().mean():.4f}, object {right[:, 0].float().mean():.4f}, among five {right.any(1).float().mean():.4f}")
    print(f"model.onnx: {(HERE / 'model.onnx').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
