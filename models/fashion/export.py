"""Write the trained Fashion network as a model folder in diffusers' layout. A minute.

    python models/fashion/export.py           # reads checkpoints/fashion.pt, writes this folder's model files and golden.json

Weights are stored in half precision and cast up at load; inputs, outputs and arithmetic stay in single precision.
"""

import hashlib
import json
import sys
from pathlib import Path

import onnxruntime
import torch
from diffusers import DDIMScheduler, UNet2DModel
from safetensors.torch import save_file

from train import CHECKPOINT, HERE, SCHEDULER, UNET

sys.path.append(str(HERE.parent))
from fashion_mnist import CLASSES  # noqa: E402
from compact import write_onnx  # noqa: E402

TOLERANCE = 2e-4


def network():
    unet = UNet2DModel(**UNET)
    unet.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["average"])
    return unet.half().float().eval()  # the weights that the files hold


def write_golden(unet, path):
    """What PyTorch says of one seeded batch, and of a whole run of diffusers' DDIM with guidance."""
    generator = torch.Generator().manual_seed(0)
    sample = torch.randn(2, 1, 28, 28, generator=generator)
    timestep, labels = torch.tensor([999.0, 250.0]), torch.tensor([9, 10])
    scheduler = DDIMScheduler(**SCHEDULER)
    scheduler.set_timesteps(20)
    x = torch.randn(1, 1, 28, 28, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        output = unet(sample, timestep, class_labels=labels).sample
        for t in scheduler.timesteps:
            without, wanted = unet(torch.cat([x, x]), t, class_labels=torch.tensor([10, 9])).sample.chunk(2)
            x = scheduler.step(without + 2 * (wanted - without), t, x).prev_sample
    numbers = lambda tensor: [round(value, 5) for value in tensor.flatten().tolist()]
    golden = {
        "tolerance": TOLERANCE,
        "call": {"seed": 0, "timestep": timestep.tolist(), "class_labels": labels.tolist(), "out_sample": numbers(output)},
        "run": {"prompt": CLASSES[9], "seed": 1, "steps": 20, "guidance_scale": 2, "scheduler": "ddim", "sample": numbers(x)},
    }
    path.write_text(json.dumps(golden) + "\n")
    return sample, timestep, labels, output


def main():
    unet = network()
    ask = lambda net, sample, timestep, labels: net(sample, timestep, class_labels=labels).sample
    example = (torch.zeros(2, 1, 28, 28), torch.zeros(2), torch.zeros(2, dtype=torch.long))
    write_onnx(HERE / "unet/model.onnx", unet, ask, example, ["sample", "timestep", "class_labels"], ["out_sample"])
    unet.save_config(HERE / "unet")
    save_file({name: weight.half() for name, weight in unet.state_dict().items()}, HERE / "unet/diffusion_pytorch_model.fp16.safetensors", {"format": "pt"})
    DDIMScheduler(**SCHEDULER).save_config(HERE / "scheduler")
    index = {
        "_class_name": "DDPMPipeline",
        "_name": "fashion",
        "id2label": dict(enumerate(CLASSES)),
        "scheduler": ["diffusers", "DDIMScheduler"],
        "unet": ["diffusers", "UNet2DModel"],
    }
    (HERE / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")

    sample, timestep, labels, expected = write_golden(unet, HERE / "golden.json")
    session = onnxruntime.InferenceSession(HERE / "unet/model.onnx")
    (found,) = session.run(None, {"sample": sample.numpy(), "timestep": timestep.numpy(), "class_labels": labels.numpy()})
    print("largest difference, ONNX against PyTorch:", abs(found - expected.numpy()).max())
    data = (HERE / "unet/model.onnx").read_bytes()
    print(f"unet/model.onnx: {len(data) / 1e6:.2f} MB, {sum(p.numel() for p in unet.parameters()) / 1e6:.2f} M parameters, sha256 {hashlib.sha256(data).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
