"""Times whole runs of diffusers on the CPU: for each line of JSON that it reads, the milliseconds that drawing it took.

Takes the number of threads. Run by peer.ts.
"""

import json
import sys
import time
from functools import cache
from pathlib import Path

import diffusers
import torch

torch.set_num_threads(int(sys.argv[1]))
MODELS = Path(__file__).resolve().parents[2] / "models"


@cache
def pipeline(name):
    opened = diffusers.DiffusionPipeline.from_pretrained(MODELS / name, variant="fp16", torch_dtype=torch.float32)
    opened.set_progress_bar_config(disable=True)
    return opened


for line in sys.stdin:
    asked = json.loads(line)
    generator = torch.Generator().manual_seed(asked["seeds"][0])
    draw = pipeline(asked["id"])
    start = time.perf_counter()
    draw(asked["prompts"], generator=generator, num_inference_steps=asked["steps"], guidance_scale=asked["guidanceScale"])
    print(1000 * (time.perf_counter() - start), flush=True)
