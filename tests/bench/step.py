"""Times one scheduler.step of diffusers on the CPU, one thread, a fixed sample; fresh noise is given, not drawn.

Takes what to time as JSON, prints microseconds a step per class and shape as JSON. Run by step.ts.
"""

import inspect
import json
import statistics
import sys
import time
import warnings

import diffusers
import torch

warnings.simplefilter("ignore")
diffusers.utils.logging.set_verbosity_error()
torch.set_num_threads(1)
asked = json.loads(sys.argv[1])


def measure(name, shape):
    scheduler = getattr(diffusers, name)()
    module = sys.modules[type(scheduler).__module__]
    torch.manual_seed(0)
    sample, output, noise = (torch.randn(shape) for _ in range(3))
    if hasattr(module, "randn_tensor"):
        module.randn_tensor = lambda *_, **__: noise
    wanted = inspect.signature(scheduler.step).parameters
    extra = {"original_image": noise, "mask": (sample > 0).float()} if "mask" in wanted else {}
    times = []
    for turn in range(asked["rounds"] + 2):
        try:
            scheduler.set_timesteps(asked["steps"])
        except Exception:
            scheduler.set_timesteps(2)
        timesteps = list(scheduler.timesteps)
        start = time.perf_counter()
        for t in timesteps:
            scheduler.step(output, t, sample, **extra)
        if turn >= 2:
            times.append((time.perf_counter() - start) / len(timesteps))
    return 1e6 * statistics.median(times)


def measured(name):
    try:
        with torch.no_grad():
            return [measure(name, shape) for shape in asked["shapes"]]
    except Exception:
        return None


print(json.dumps({name: measured(name) for name in asked["classes"] if hasattr(diffusers, name)}))
