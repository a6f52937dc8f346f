"""Write the trained denoiser as a model folder. A second.

    python models/conv-denoiser/export.py     # reads checkpoints/denoiser.pt, writes this folder's model files and golden.json
"""

import hashlib
import json
import sys

import onnxruntime
import torch
from safetensors.torch import save_file

from train import CHECKPOINT, HERE, network

sys.path.append(str(HERE.parent))
from compact import write_onnx  # noqa: E402

TOLERANCE = 1e-5


def main():
    net = network().eval()
    net.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["net"])
    axes = {0: torch.export.Dim("batch", min=1, max=4096), 2: torch.export.Dim("height", min=1, max=2**16), 3: torch.export.Dim("width", min=1, max=2**16)}
    denoise = lambda net, sample: sample - net(sample)
    write_onnx(HERE / "model.onnx", net, denoise, (torch.zeros(2, 3, 20, 24),), ["sample"], ["out_sample"], [axes], half=False)
    save_file(net.state_dict(), HERE / "model.safetensors", {"format": "pt"})
    facts = {"_name": "conv-denoiser", "channels": 3, "radius": 2}
    (HERE / "denoiser.json").write_text(json.dumps(facts, indent=2) + "\n")

    sample = torch.randn(1, 3, 13, 17, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = sample - net(sample)
    golden = {"tolerance": TOLERANCE, "seed": 0, "shape": list(sample.shape), "out_sample": [round(v, 6) for v in expected.flatten().tolist()]}
    (HERE / "golden.json").write_text(json.dumps(golden) + "\n")
    session = onnxruntime.InferenceSession(HERE / "model.onnx")
    (found,) = session.run(None, {"sample": sample.numpy()})
    print("largest difference, ONNX against PyTorch:", abs(found - expected.numpy()).max())
    data = (HERE / "model.onnx").read_bytes()
    print(f"model.onnx: {len(data) / 1e3:.1f} kB, {sum(p.numel() for p in net.parameters())} parameters, sha256 {hashlib.sha256(data).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
