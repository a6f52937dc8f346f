"""Students: networks that jump to where their teacher's walk ends, from any place on it.

A deterministic run of the teacher, guidance included, leads from each noise to one picture. A student that is shown places of
such runs learns to name their ends at once (Luhman and Luhman 2021, arXiv:2101.02388; from any place on the way and with the
guidance scale as an input: Song et al. 2023, arXiv:2303.01469, and Luo et al. 2023, arXiv:2310.04378). What it says at the
beginning is coarse; noise of a lower level is added and it is asked again, as LCMScheduler does, up to four times.
"""

import copy
import time

import torch
from diffusers import DDIMScheduler

from muon import optimizers
from training import descender, keep_average, resume, save

LCM = dict(_class_name="LCMScheduler", original_inference_steps=50, timestep_scaling=10.0)


@torch.no_grad()
def follow(ask, scheduler, noise, steps):
    """All places of a run of DDIM from noise [N, …], as half floats [N, steps + 1, …]; `ask(x, t)` is the guided teacher."""
    scheduler.set_timesteps(steps)
    places = [noise]
    for t in scheduler.timesteps:
        places.append(scheduler.step(ask(places[-1], t), t, places[-1]).prev_sample)
    return torch.stack(places, 1).half()


class Walks:
    """The places of many runs, and those between them: DDIM walks straight in the plane of a picture and its noise."""

    def __init__(self, places, config):
        self.places = places
        count = places.shape[1] - 1
        scheduler = DDIMScheduler.from_config(config)
        scheduler.set_timesteps(count)
        self.times = torch.cat([scheduler.timesteps, torch.tensor([-1])])
        self.alphas_cumprod = torch.cat([scheduler.alphas_cumprod, scheduler.final_alpha_cumprod[None]])

    def level(self, t):
        """The share of the picture and of the noise at times [N], each [N]; time −1 is the end."""
        return self.alphas_cumprod[t].sqrt(), (1 - self.alphas_cumprod[t]).sqrt()

    def at(self, chosen, t):
        """Where the chosen runs [N] are at times [N] from 0 to 999, and where they end."""
        before = (self.times[None] >= t[:, None]).sum(1) - 1
        places = self.places[chosen].float()
        one, two = (places[torch.arange(len(chosen)), before + k] for k in (0, 1))
        (a1, s1), (a2, s2), (a, s) = self.level(self.times[before]), self.level(self.times[before + 1]), self.level(t)
        across = a1 * s2 - a2 * s1
        wide = lambda value: value.view(-1, *[1] * (one.ndim - 1))
        return wide((a * s2 - a2 * s) / across) * one + wide((a1 * s - a * s1) / across) * two, places[:, -1]


def learn(student, ask, walks, checkpoint, *, steps, batch, rate, adam_rate, seed=0, width=0.03, decay=0.998, save_every=100):
    """Train `student`, `ask(x, t, chosen)` being its v; writes checkpoint and resumes from it; gives the averaged student."""
    torch.manual_seed(seed)
    average = copy.deepcopy(student).requires_grad_(False)
    optimizer = optimizers(student.named_parameters(), rate, adam_rate)
    descend = descender(optimizer)
    first = resume(checkpoint, optimizer, student=student, average=average)
    start, losses = time.time(), []
    for step in range(first, steps + 1):
        chosen = torch.randint(0, len(walks.places), (batch,))
        # One time from each of equal parts of the schedule: every batch sees all noise levels.
        t = ((torch.arange(batch) + torch.rand(batch)) / batch * 1000).long()
        x, end = walks.at(chosen, t)
        alpha, sigma = (share.view(-1, *[1] * (x.ndim - 1)) for share in walks.level(t))
        with torch.autocast("cpu", torch.bfloat16):
            said = ask(x, t, chosen)
        # Between the square of the error, which blurs, and its amount (pseudo-Huber; Song and Dhariwal 2023, arXiv:2310.14189).
        error = alpha * x - sigma * said.float() - end
        loss = ((error.square() + width**2).sqrt() - width).mean()
        descend(loss, min(step / 50, 1 - step / (steps + 1)))
        keep_average(average, student, step, decay)
        losses.append(loss.item())
        if step % save_every == 0 or step == steps:
            print(f"step {step}  loss {sum(losses) / len(losses):.4f}  {len(losses) * batch / (time.time() - start):.0f} pictures/s", flush=True)
            start, losses = time.time(), []
            save(checkpoint, step, optimizer, student=student, average=average)
    return average
