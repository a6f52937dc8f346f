"""Write the trained upscaler as a model folder. A minute.

    python models/emoji-upscaler/export.py    # reads checkpoints/upscaler.pt, writes this folder's model files and golden.json

Weights are stored in half precision and cast up at load; inputs, outputs and arithmetic stay in single precision.
"""

import hashlib
import json
import sys

import onnxruntime
import torch
from diffusers import DDIMScheduler, UNet2DModel
from safetensors.torch import save_file

from train import CHECKPOINT, FACTOR, HERE, SCALE, SCHEDULER, UNET, ask, bicubic

sys.path.append(str(HERE.parent))
from compact import write_onnx  # noqa: E402

TOLERANCE, STEPS = 2e-4, 4


def network():
    unet = UNet2DModel(**UNET)
    unet.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["average"])
    return unet.half().float().eval()  # the weights that the files hold


def write_golden(unet, path):
    """What PyTorch says of one seeded call, and of a whole run of diffusers' DDIM."""
    small = torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(2)) * 2 - 1
    sample = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    scheduler = DDIMScheduler(**SCHEDULER)
    scheduler.set_timesteps(STEPS)
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        output = ask(unet, sample, small, torch.tensor([500.0]))
        for t in scheduler.timesteps:
            x = scheduler.step(ask(unet, x, small, t), t, x).prev_sample
    picture = bicubic(small) + SCALE * x
    # Every fifth value keeps the file small, and meets every row, column and channel.
    numbers = lambda tensor: [round(value, 5) for value in tensor.flatten()[::5].tolist()]
    golden = {
        "tolerance": TOLERANCE,
        "every": 5,
        "small": [round(value, 7) for value in small.flatten().tolist()],
        "call": {"seed": 0, "timestep": 500, "out_sample": numbers(output)},
        "run": {"seed": 1, "steps": STEPS, "scheduler": "ddim", "picture": numbers(picture)},
    }
    path.write_text(json.dumps(golden) + "\n")
    return sample, small, output


def main():
    unet = network()
    batch, y, x = (torch.export.Dim(name, min=1, max=4096) for name in ("batch", "y", "x"))
    # The network halves its places once, so both sides of a small picture are even.
    axes = [{0: batch, 2: 2 * FACTOR * y, 3: 2 * FACTOR * x}, {0: batch}, {0: batch, 2: 2 * y, 3: 2 * x}]
    call = lambda net, sample, timestep, image: ask(net, sample, image, timestep)
    example = (torch.zeros(2, 3, 64, 96), torch.zeros(2), torch.zeros(2, 3, 16, 24))
    write_onnx(HERE / "unet/model.onnx", unet, call, example, ["sample", "timestep", "image"], ["out_sample"], axes)
    unet.save_config(HERE / "unet")
    save_file({name: weight.half() for name, weight in unet.state_dict().items()}, HERE / "unet/diffusion_pytorch_model.fp16.safetensors", {"format": "pt"})
    DDIMScheduler(**SCHEDULER).save_config(HERE / "scheduler")
    facts = {"_name": "emoji-upscaler", "factor": FACTOR, "detail_scale": SCALE, "least": 16, "multiple_of": 2}
    (HERE / "upscaler.json").write_text(json.dumps(facts, indent=2) + "\n")

    sample, small, expected = write_golden(unet, HERE / "golden.json")
    session = onnxruntime.InferenceSession(HERE / "unet/model.onnx")
    feeds = {"sample": sample.numpy(), "timestep": torch.tensor([500.0]).numpy(), "image": small.numpy()}
    (found,) = session.run(None, feeds)
    print("largest difference, ONNX against PyTorch:", abs(found - expected.numpy()).max())
    for y, x in ((2, 6), (40, 18)):
        other = dict(sample=torch.randn(3, 3, 4 * y, 4 * x), timestep=torch.full((3,), 9.0), image=torch.zeros(3, 3, y, x))
        with torch.no_grad():
            wanted = ask(unet, other["sample"], other["image"], other["timestep"]).numpy()
        (found,) = session.run(None, {name: value.numpy() for name, value in other.items()})
        print(f"  and of small pictures of {x}×{y}:", abs(found - wanted).max())
    data = (HERE / "unet/model.onnx").read_bytes()
    print(f"unet/model.onnx: {len(data) / 1e6:.2f} MB, {sum(p.numel() for p in unet.parameters()) / 1e6:.2f} M parameters, sha256 {hashlib.sha256(data).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
