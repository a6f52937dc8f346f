"""Write the trained student as a model folder in diffusers' layout, with its golden. A minute.

    python models/emoji-student/export.py     # reads checkpoints/student.pt and ../emoji, writes this folder's model files and golden.json

All but the U-Net and the scheduler are the teacher's files, byte for byte.
"""

import json
import shutil

import torch
from diffusers import LatentConsistencyModelPipeline, LCMScheduler
from safetensors.torch import save_file

from train import CHECKPOINT, EMBEDDING, HERE, TEACHER, open_student, open_teacher, scale_embedding
from compact import write_onnx  # noqa: E402
from distillation import LCM  # noqa: E402

TOLERANCE = 2e-3
PROMPT, SEED, STEPS, GUIDANCE = "a slice of pizza, flat style", 1, 4, 3.0
TAKEN = ("tokenizer", "text_encoder", "vae", "vae_encoder", "vae_decoder")


def numbers(tensor):
    return [round(value, 4) for value in tensor.flatten().tolist()]


@torch.no_grad()
def write_golden(tokenizer, text_encoder, unet):
    """What PyTorch says of one seeded call, and what diffusers' own pipeline draws."""
    sample = torch.randn(2, 4, 16, 16, generator=torch.Generator().manual_seed(0))
    timestep, scales = torch.tensor([999.0, 259.0]), torch.tensor([2.0, 3.5])
    told = text_encoder(tokenizer([PROMPT] * 2, padding="max_length", return_tensors="pt").input_ids).last_hidden_state
    pipeline = LatentConsistencyModelPipeline.from_pretrained(HERE, variant="fp16", torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    options = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, output_type="np")
    drawn = pipeline(PROMPT, generator=torch.Generator().manual_seed(SEED), **options).images[0]
    golden = {
        "tolerance": TOLERANCE,
        "call": {
            "seed": 0,
            "prompt": PROMPT,
            "timestep": timestep.tolist(),
            "guidance_scale": scales.tolist(),
            "out_sample": numbers(unet(sample, timestep, told, timestep_cond=scale_embedding(scales)).sample),
        },
        "run": {
            "prompt": PROMPT,
            "seed": SEED,
            "steps": STEPS,
            "guidance_scale": GUIDANCE,
            "picture": (drawn * 255).round().astype(int).transpose(2, 0, 1).flatten().tolist(),
        },
    }
    (HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


def main():
    tokenizer, text_encoder, teacher = open_teacher()
    unet = open_student(teacher)
    unet.load_state_dict(torch.load(CHECKPOINT, weights_only=True)["average"])
    unet.half().float().eval()  # the weights that the files hold
    for part in TAKEN:
        shutil.copytree(TEACHER / part, HERE / part, dirs_exist_ok=True)
    unet.save_config(HERE / "unet")
    weights = {key: value.half() for key, value in unet.state_dict().items()}
    save_file(weights, HERE / "unet/diffusion_pytorch_model.fp16.safetensors", {"format": "pt"})
    config = json.loads((TEACHER / "scheduler/scheduler_config.json").read_text())
    LCMScheduler.from_config({**config, **LCM, "timestep_spacing": "leading"}).save_config(HERE / "scheduler")
    index = json.loads((TEACHER / "model_index.json").read_text())
    index |= {"_class_name": "LatentConsistencyModelPipeline", "_name": "emoji-student", "scheduler": ["diffusers", "LCMScheduler"]}
    (HERE / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")
    ask = lambda net, sample, t, told, cond: net(sample, t, told, timestep_cond=cond).sample
    example = (torch.zeros(2, 4, 16, 16), torch.zeros(2), torch.zeros(2, tokenizer.model_max_length, 128), torch.zeros(2, EMBEDDING))
    names = ["sample", "timestep", "encoder_hidden_states", "timestep_cond"]
    write_onnx(HERE / "unet/model.onnx", unet, ask, example, names, ["out_sample"])
    write_golden(tokenizer, text_encoder, unet)
    print(f"unet/model.onnx: {(HERE / 'unet/model.onnx').stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
