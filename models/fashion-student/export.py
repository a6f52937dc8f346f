"""Write the trained student as a model folder in diffusers' layout, with its golden. A minute.

    python models/fashion-student/export.py   # reads checkpoints/student.pt and ../fashion, writes this folder's model files and golden.json

Weights are stored in half precision and cast up at load; inputs, outputs and arithmetic stay in single precision.
"""

import json

import torch
from diffusers import LCMScheduler, UNet2DModel
from safetensors.torch import save_file

from train import CHECKPOINT, HERE, NULL, TEACHER, open_student
from compact import write_onnx  # noqa: E402
from distillation import LCM  # noqa: E402
from fashion_mnist import CLASSES  # noqa: E402

TOLERANCE, STEPS = 2e-4, 4


@torch.no_grad()
def write_golden(unet):
    """What PyTorch says of one seeded batch, and of a whole run of diffusers' LCM."""
    sample = torch.randn(2, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    timestep, labels = torch.tensor([999.0, 259.0]), torch.tensor([9, 0])
    scheduler = LCMScheduler.from_pretrained(HERE, subfolder="scheduler")
    scheduler.set_timesteps(STEPS)
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(1, 1, 28, 28, generator=generator)
    for t in scheduler.timesteps:
        x = scheduler.step(unet(x, t, class_labels=torch.tensor([9])).sample, t, x, generator=generator).prev_sample
    numbers = lambda tensor: [round(value, 5) for value in tensor.flatten().tolist()]
    output = unet(sample, timestep, class_labels=labels).sample
    golden = {
        "tolerance": TOLERANCE,
        "call": {"seed": 0, "timestep": timestep.tolist(), "class_labels": labels.tolist(), "out_sample": numbers(output)},
        "run": {"prompt": CLASSES[9], "seed": 1, "steps": STEPS, "scheduler": "lcm", "sample": numbers(x)},
    }
    (HERE / "golden.json").write_text(json.dumps(golden) + "\n")


def main():
    teacher = UNet2DModel.from_pretrained(TEACHER, subfolder="unet", variant="fp16", torch_dtype=torch.float32)
    unet = open_student(teacher)
    unet.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["average"])
    unet.half().float().eval()  # the weights that the files hold
    unet.save_config(HERE / "unet")
    weights = {name: weight.half() for name, weight in unet.state_dict().items()}
    save_file(weights, HERE / "unet/diffusion_pytorch_model.fp16.safetensors", {"format": "pt"})
    config = json.loads((TEACHER / "scheduler/scheduler_config.json").read_text())
    LCMScheduler.from_config({**config, **LCM, "timestep_spacing": "leading"}).save_config(HERE / "scheduler")
    index = json.loads((TEACHER / "model_index.json").read_text())
    index |= {"_name": "fashion-student", "scheduler": ["diffusers", "LCMScheduler"]}
    (HERE / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")
    ask = lambda net, sample, timestep, labels: net(sample, timestep, class_labels=labels).sample
    example = (torch.zeros(2, 1, 28, 28), torch.zeros(2), torch.zeros(2, dtype=torch.long))
    write_onnx(HERE / "unet/model.onnx", unet, ask, example, ["sample", "timestep", "class_labels"], ["out_sample"])
    write_golden(unet)
    print(f"unet/model.onnx: {(HERE / 'unet/model.onnx').stat().st_size / 1e6:.2f} MB, {NULL} classes")


if __name__ == "__main__":
    main()
