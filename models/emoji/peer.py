"""Does Python's diffusers draw the same pictures from this folder? Needs deno on the PATH, or DENO.

    python models/emoji/peer.py               # a minute; prints the largest difference of any pixel, of 255

Opens the folder with diffusers' own StableDiffusionPipeline, draws with `deno task unnoise generate` and with it, and compares.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from diffusers import DiffusionPipeline, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler
from PIL import Image

HERE = Path(__file__).resolve().parent
DENO = os.environ.get("DENO", "deno").split()
BOUND = 2
RUNS = [
    dict(prompt="a slice of pizza, flat style", seed=1),
    dict(prompt="a red apple, 3d style, on a blue background", seed=2, guidance=5, steps=30),
    dict(prompt="a smiling cat, outline style", seed=3, scheduler="dpm_multistep", steps=12),
    dict(prompt="a robot, pixel style", seed=4, scheduler="euler_ancestral", negative="a face"),
]
CLASSES = {"dpm_multistep": DPMSolverMultistepScheduler, "euler_ancestral": EulerAncestralDiscreteScheduler}


def theirs(prompt, seed, steps=20, guidance=3.0, scheduler=None, negative=None):
    pipeline = DiffusionPipeline.from_pretrained(HERE, variant="fp16", torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    if scheduler:
        pipeline.scheduler = CLASSES[scheduler].from_config(pipeline.scheduler.config)
    options = dict(num_inference_steps=steps, guidance_scale=guidance, negative_prompt=negative)
    return np.asarray(pipeline(prompt, generator=torch.Generator().manual_seed(seed), **options).images[0])


def ours(folder, prompt, **options):
    path = Path(folder) / "picture.png"
    said = [f"--{name}={value}" for name, value in {"guidance": 3.0, "model": "emoji", **options}.items()]
    subprocess.run([*DENO, "task", "unnoise", "generate", "--prompt", prompt, *said, "--out", path], check=True, cwd=HERE.parents[1], capture_output=True)
    return np.asarray(Image.open(path).convert("RGB"))


def main():
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for run in RUNS:
            difference = np.abs(theirs(**run).astype(int) - ours(folder, **run)).max()
            worst = max(worst, difference)
            print(f"{difference:3} of 255: {run}", flush=True)
    sys.exit(int(worst > BOUND))


if __name__ == "__main__":
    main()
