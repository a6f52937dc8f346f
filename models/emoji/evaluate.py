"""Measure the emoji model: how much the autoencoder keeps, and whether a judge sees in the pictures what was asked for.

    python models/emoji/evaluate.py           # a quarter of an hour; prints the figures of README.md

Uses the exported files alone: the four networks and the judge as ONNX, transformers' tokenizer and diffusers' DDIM.
"""

import json
import random
import sys
from pathlib import Path

import diffusers
import numpy as np
import onnxruntime
import torch
from transformers import CLIPTokenizer

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
sys.path.append(str(HERE.parent / "judges/emoji"))
from captions import STYLES, plain  # noqa: E402
from emoji64 import entries, pictures  # noqa: E402
from frechet import frechet  # noqa: E402
from judge import Judge  # noqa: E402

PICTURES, STEPS, GUIDANCE, BATCH, SEED = 1000, 20, 3.0, 50, 0


def network(name, folder=HERE):
    return onnxruntime.InferenceSession(folder / name / "model.onnx")


class Emoji:
    """An exported model of this kind as a function of captions, with the scheduler of its folder."""

    def __init__(self, folder=HERE):
        self.folder, self.tokenizer = folder, CLIPTokenizer.from_pretrained(folder, subfolder="tokenizer")
        self.text_encoder, self.decoder, self.unet = (network(name, folder) for name in ("text_encoder", "vae_decoder", "unet"))
        self.scale = json.loads((folder / "vae/config.json").read_text())["scaling_factor"]
        config = json.loads((folder / "scheduler/scheduler_config.json").read_text())
        self.scheduler = lambda: getattr(diffusers, config["_class_name"]).from_config(config)
        told_scale = next((part for part in self.unet.get_inputs() if part.name == "timestep_cond"), None)
        self.embedding = told_scale and told_scale.shape[1]

    def told(self, captions):
        ids = self.tokenizer(captions, padding="max_length", truncation=True, return_tensors="np").input_ids
        return self.text_encoder.run(None, {"input_ids": ids.astype(np.int64)})[0]

    def draw(self, captions, generator, steps=STEPS, guidance=GUIDANCE):
        scheduler = self.scheduler()
        scheduler.set_timesteps(steps)
        x = torch.randn(len(captions), 4, 16, 16, generator=generator)
        twice = guidance != 1 and not self.embedding
        told = np.concatenate([self.told([""] * len(captions)), self.told(captions)]) if twice else self.told(captions)
        cond = {}
        if self.embedding:
            scales = torch.full((len(captions),), guidance - 1.0)
            embed = diffusers.LatentConsistencyModelPipeline.get_guidance_scale_embedding
            cond = {"timestep_cond": embed(None, scales, embedding_dim=self.embedding).numpy()}
        for t in scheduler.timesteps:
            both = torch.cat([x, x]) if twice else x
            feeds = {"sample": both.numpy(), "timestep": np.full(len(both), t, np.float32), "encoder_hidden_states": told, **cond}
            said = torch.from_numpy(self.unet.run(None, feeds)[0])
            if twice:
                without, wanted = said.chunk(2)
                said = without + guidance * (wanted - without)
            x = scheduler.step(said, t, x, generator=generator).prev_sample
        drawn = self.decoder.run(None, {"latent_sample": (x / self.scale).numpy()})[0]
        return (drawn.clip(-1, 1) * 127.5 + 127.5).round() / 127.5 - 1


def psnr_of_autoencoder():
    encoder, decoder = network("vae_encoder"), network("vae_decoder")
    values = []
    for part in np.array_split(pictures(entries("heldout")) / np.float32(127.5) - 1, 10):
        latents = encoder.run(None, {"sample": part})[0][:, :4]
        found = (decoder.run(None, {"latent_sample": latents})[0].clip(-1, 1) * 127.5 + 127.5).round() / 127.5 - 1
        values.extend(10 * np.log10(4 / ((found - part) ** 2).mean((1, 2, 3))))
    return np.array(values)


def main():
    values = psnr_of_autoencoder()
    print(f"autoencoder: {values.mean():.2f} dB on {len(values)} held-out pictures, the worst twentieth below {np.quantile(values, 0.05):.1f} dB")
    model, judge = Emoji(), Judge()
    drawn, wanted = {}, {}
    for split, count in (("train", PICTURES), ("heldout", None)):
        rows = [row for row in entries(split) if row["style"] in STYLES]
        rows = random.Random(SEED).sample(rows, count) if count else rows
        generator = torch.Generator().manual_seed(SEED)
        captions = [plain(row["name"], row["style"]) for row in rows]
        drawn[split] = np.concatenate([model.draw(captions[k : k + BATCH], generator) for k in range(0, len(rows), BATCH)])
        wanted[split] = rows
        real = pictures(rows) / np.float32(127.5) - 1
        for what, shown in (("real", real), ("generated", drawn[split])):
            style, five = judge.share(shown, rows)
            print(f"{split}, {what}: style {style:.3f}, object among the first five {five:.3f} of {len(rows)}")
    real = [row for row in entries("train") if row["style"] in STYLES]
    halves = random.Random(SEED + 1).sample(real, 2 * PICTURES)
    features = lambda rows: judge.features(pictures(rows) / np.float32(127.5) - 1)
    first, second = features(halves[:PICTURES]), features(halves[PICTURES:])
    print(f"Fréchet distance: {frechet(judge.features(drawn['train']), first):.2f} generated against real, {frechet(second, first):.2f} real against real, {PICTURES} pictures each")


if __name__ == "__main__":
    main()
