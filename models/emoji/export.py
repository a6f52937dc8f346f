"""Write the trained networks as a model folder in diffusers' layout, with its golden. Two minutes.

    python models/emoji/export.py             # reads checkpoints/{vae,unet,latents}.pt, writes this folder's model files and golden.json

Weights are stored in half precision and cast up at load; inputs, outputs and arithmetic stay in single precision.

unet_attention/outputs.onnx holds no weights: protobuf merges what is written one after the other, so the bytes of
unet/model.onnx followed by its own are the same network with its attention maps as further outputs.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

import onnx
import onnxruntime
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel, CLIPTokenizer

from train import CHECKPOINT, HERE, LATENTS, SCHEDULER, UNET, text_config
from train_vae import CHECKPOINT as VAE_CHECKPOINT, VAE

sys.path.append(str(HERE.parent))
from compact import write_onnx  # noqa: E402
from emoji64 import entries, pictures  # noqa: E402

TOLERANCE = 2e-3
PROMPT, NEGATIVE, SEED, STEPS, GUIDANCE = "a slice of pizza, flat style", "", 1, 20, 3.0


def networks():
    """The weights that the files hold: averaged, in half precision, cast up."""
    tokenizer = CLIPTokenizer.from_pretrained(HERE, subfolder="tokenizer")
    saved = torch.load(CHECKPOINT, weights_only=True)["average"]
    latents = torch.load(LATENTS, weights_only=True)
    vae = AutoencoderKL(**VAE, scaling_factor=latents["scale"])
    vae.load_state_dict(torch.load(VAE_CHECKPOINT, weights_only=True)["vae"])
    text_encoder, unet = CLIPTextModel(text_config(tokenizer)), UNet2DConditionModel(**UNET)
    part = lambda name: {key.removeprefix(name + "."): value for key, value in saved.items() if key.startswith(name + ".")}
    text_encoder.load_state_dict(part("text_encoder"))
    unet.load_state_dict(part("unet"))
    return tokenizer, *(net.half().float().eval() for net in (text_encoder, unet, vae))


def name_attention(model):
    """Call what each place pays to each word "attention." and the name of the layer, and say those names and shapes."""
    shapes = {value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim] for value in model.graph.value_info}
    renamed, maps = {}, []
    for node in model.graph.node:
        layer = re.search(r"inner\.(\S+)\.attn2:", next((note.value for note in node.metadata_props if note.key == "namespace"), ""))
        if node.op_type == "Softmax" and layer:
            renamed[node.output[0]] = name = "attention." + layer[1]
            _, heads, places, _ = shapes[node.output[0]]
            maps.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["batch", heads, places, "words"]))
    for node in model.graph.node:
        for names in (node.input, node.output):
            names[:] = [renamed.get(name, name) for name in names]
    return maps


def write_attention(path, maps):
    path.parent.mkdir(exist_ok=True)
    outputs = onnx.ModelProto()
    outputs.graph.output.extend(maps)
    path.write_bytes(outputs.SerializePartialToString())


def rgb_factors(vae):
    """The linear map from latents to colours that previews go by: rows of red, green and blue, the last for no channel."""
    picture = torch.from_numpy(pictures(entries("train")[:2000])) / 127.5 - 1
    small = torch.nn.functional.avg_pool2d(picture, 4).permute(0, 2, 3, 1).reshape(-1, 3)
    with torch.no_grad():
        means = torch.cat([vae.encode(part).latent_dist.mean for part in picture.split(250)]) * vae.config.scaling_factor
    rows = means.permute(0, 2, 3, 1).reshape(-1, 4)
    known = torch.cat([rows, torch.ones(len(rows), 1)], 1)
    return [[round(value, 4) for value in row] for row in torch.linalg.lstsq(known.double(), small.double()).solution.tolist()]


def numbers(tensor):
    return [round(value, 4) for value in tensor.flatten().tolist()]


@torch.no_grad()
def write_golden(tokenizer, text_encoder, unet, vae):
    """What PyTorch says of one seeded call of each network, and what diffusers' own pipeline draws."""
    generator = torch.Generator().manual_seed(0)
    ids = tokenizer([PROMPT, ""], padding="max_length", truncation=True, return_tensors="pt").input_ids
    told = text_encoder(ids).last_hidden_state
    sample = torch.randn(2, 4, 16, 16, generator=generator)
    timestep = torch.tensor([999.0, 250.0])
    picture = torch.randn(1, 3, 64, 64, generator=generator).clamp(-1, 1)
    pipeline = StableDiffusionPipeline.from_pretrained(HERE, variant="fp16", torch_dtype=torch.float32, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    options = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, output_type="np")
    drawn = pipeline(PROMPT, generator=torch.Generator().manual_seed(SEED), **options).images[0]
    golden = {
        "tolerance": TOLERANCE,
        "call": {
            "seed": 0,
            "prompts": [PROMPT, ""],
            "input_ids": ids.tolist(),
            "last_hidden_state": numbers(told[0, :4]),
            "timestep": timestep.tolist(),
            "out_sample": numbers(unet(sample, timestep, told).sample),
            "latent_mean": numbers(vae.encode(picture).latent_dist.mean),
            "decoded_corner": numbers(vae.decode(sample[:1]).sample[:, :, :16, :16]),
        },
        "run": {
            "prompt": PROMPT,
            "seed": SEED,
            "steps": STEPS,
            "guidance_scale": GUIDANCE,
            "scheduler": "ddim",
            "picture": (drawn * 255).round().astype(int).transpose(2, 0, 1).flatten().tolist(),
        },
    }
    (HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


def main():
    tokenizer, text_encoder, unet, vae = networks()
    vae.register_to_config(latent_rgb_factors=rgb_factors(vae))
    for name, network in dict(vae=vae, unet=unet).items():
        network.save_config(HERE / name)
        save_file({key: value.half() for key, value in network.state_dict().items()}, HERE / name / "diffusion_pytorch_model.fp16.safetensors", {"format": "pt"})
    text_encoder.config.save_pretrained(HERE / "text_encoder")
    save_file({key: value.half() for key, value in text_encoder.state_dict().items()}, HERE / "text_encoder/model.fp16.safetensors", {"format": "pt"})
    DDIMScheduler(**SCHEDULER).save_config(HERE / "scheduler")
    index = {
        "_class_name": "StableDiffusionPipeline",
        "_name": "emoji",
        "feature_extractor": [None, None],
        "image_encoder": [None, None],
        "requires_safety_checker": False,
        "safety_checker": [None, None],
        "scheduler": ["diffusers", "DDIMScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
    (HERE / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")

    ids, told = torch.zeros(2, tokenizer.model_max_length, dtype=torch.long), torch.zeros(2, tokenizer.model_max_length, UNET["cross_attention_dim"])
    latent, picture = torch.zeros(2, 4, 16, 16), torch.zeros(2, 3, 64, 64)
    write_onnx(HERE / "text_encoder/model.onnx", text_encoder, lambda net, ids: net(ids).last_hidden_state, (ids,), ["input_ids"], ["last_hidden_state"])
    maps = write_onnx(HERE / "unet/model.onnx", unet, lambda net, *given: net(*given).sample, (latent, torch.zeros(2), told), ["sample", "timestep", "encoder_hidden_states"], ["out_sample"], look=name_attention)
    write_onnx(HERE / "vae_encoder/model.onnx", vae, lambda net, x: net.encode(x).latent_dist.parameters, (picture,), ["sample"], ["latent_parameters"])
    write_onnx(HERE / "vae_decoder/model.onnx", vae, lambda net, x: net.decode(x).sample, (latent,), ["latent_sample"], ["sample"])
    write_attention(HERE / "unet_attention/outputs.onnx", maps)
    write_golden(tokenizer, text_encoder, unet, vae)
    for part in ("text_encoder", "unet", "vae_encoder", "vae_decoder"):
        data = (HERE / part / "model.onnx").read_bytes()
        onnxruntime.InferenceSession(data)
        print(f"{part}/model.onnx: {len(data) / 1e6:.2f} MB, sha256 {hashlib.sha256(data).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
