"""Trains each real model for a few steps at four widths and writes how sizes and changes grow.

    python train_models.py FOLDER_OF_CLONES OUT.json [NAME…]

Of every layer's output and of the model's own: the exponent of its size at the start and of its change after the steps,
each the slope of the logarithm against that of the width over all seeds, with its 95 % Student interval.
"""

import contextlib
import io
import json
import math
import subprocess
import sys
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from real_models import MODELS, Clones, RealModel

WIDTHS = (64, 128, 256, 512)
SEEDS = (0, 1, 2)
STEPS = 4
STUDENT = 2.228
"""The 97.5 % quantile at 3 · 4 − 2 = 10 degrees of freedom."""

torch.manual_seed(0)
TOKENS = torch.randint(0, 64, (4, 16))
IMAGES = torch.randn(4, 3, 32, 32)
CLASSES = torch.arange(4)


def tokens_in(model):
    out = model(TOKENS)
    return getattr(out, "logits", out[0] if isinstance(out, tuple) else out)


def tokens_and_targets(model):
    return model(TOKENS, TOKENS)[0]


def tokens_first_axis(model):
    out = model(TOKENS.T)
    return (out[0] if isinstance(out, tuple) else out).transpose(0, 1)


def recurrent(model):
    return model(TOKENS.T, model.init_hidden(TOKENS.shape[0]))[0].view(16, 4, -1).transpose(0, 1)


def images_in(model):
    return model(IMAGES)


def noise_in(model):
    return model(IMAGES[:, :1, :8, :8].expand(4, 4, 8, 8), torch.tensor([1.0, 5.0, 50.0, 500.0]), CLASSES)


CALLS = {
    "nanoGPT": tokens_and_targets, "nanoGPT-mup": tokens_and_targets, "minGPT": tokens_and_targets,
    "examples minGPT-ddp": tokens_and_targets, "nanochat": tokens_in, "HF llama": tokens_in, "HF gpt2": tokens_in,
    "HF qwen3": tokens_in, "litgpt": tokens_in, "examples word_language_model": tokens_first_axis,
    "examples wlm RNN": recurrent, "mup Transformer": tokens_first_axis, "mup ResNet": images_in,
    "mup MLP": lambda model: model(IMAGES.flatten(1)), "DiT": noise_in, "timm ViT": images_in,
    "vit-pytorch vit": images_in, "vit-pytorch simple_vit": images_in, "vit-pytorch deepvit": images_in,
    "vit-pytorch parallel_vit": images_in, "vit-pytorch cait": images_in, "torchtitan llama3": tokens_in,
}


def loss_of(output):
    if output.ndim == 3:
        return F.cross_entropy(output[:, :-1].flatten(0, 1), TOKENS[:, 1:].flatten())
    if output.ndim == 4:
        return (output - 1).pow(2).mean()
    return F.cross_entropy(output, CLASSES)


def watched(model, call):
    """The outputs of all layers without parts, and the model's own under the empty name."""
    outputs = {}

    def note(name):
        def hook(_, __, out):
            out = out[0] if isinstance(out, tuple) else out
            if isinstance(out, torch.Tensor) and out.is_floating_point():
                outputs[name] = out.detach().float().clone()

        return hook

    hooks = [module.register_forward_hook(note(name)) for name, module in model.named_modules()
             if name and not list(module.children())]
    with torch.no_grad():
        outputs[""] = call(model).float().clone()
    for hook in hooks:
        hook.remove()
    return outputs


def run(entry, build, clones, call, width, seed):
    torch.manual_seed(seed)
    model = build(clones, width)
    model.eval()
    if entry.optimizer is None:
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    else:
        optimizer = entry.optimizer(clones, model, width)
    with torch.enable_grad():
        before = watched(model, call)
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss_of(call(model).float()).backward()
            optimizer.step()
        after = watched(model, call)
    rms = lambda tensor: tensor.double().pow(2).mean().sqrt().item()
    return {name: (rms(value), rms(after[name] - value)) for name, value in before.items()
            if name in after and after[name].shape == value.shape}


def slope(points):
    """(slope, half width of its interval); None where a size is 0 or not finite."""
    if any(not (0 < value < math.inf) for _, value in points):
        return None
    xs, ys = [math.log(width) for width, _ in points], [math.log(value) for _, value in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    estimate = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread
    residual = sum((y - mean_y - estimate * (x - mean_x)) ** 2 for x, y in zip(xs, ys))
    return [round(estimate, 3), round(STUDENT * math.sqrt(residual / (len(xs) - 2) / spread), 3)]


def trained(entry: RealModel, clones: Clones):
    call = CALLS[entry.name]
    modes = []
    for mode, build in (("default", entry.build), *entry.variants):
        with contextlib.redirect_stdout(io.StringIO()):
            runs = [(width, run(entry, build, clones, call, width, seed)) for width in WIDTHS for seed in SEEDS]
        names = [name for name in runs[0][1] if all(name in one for _, one in runs)]
        modes.append({"mode": mode, "outputs": [
            {"name": name, "size": slope([(width, one[name][0]) for width, one in runs]),
             "change": slope([(width, one[name][1]) for width, one in runs])} for name in names]})
    return {"name": entry.name, "file": entry.file, "class": entry.class_name, "modes": modes,
            "optimizer": "the repository's" if entry.optimizer else "AdamW, one rate"}


def main():
    folder, out, *names = sys.argv[1:]
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    if out.startswith("--one="):
        entry = next(entry for entry in MODELS if entry.name == out.split("=", 1)[1])
        print(json.dumps(trained(entry, Clones(Path(folder), entry.file.split("/")[0]))))
        return
    results = []
    for entry in MODELS:
        if entry.name not in CALLS or (names and not any(name in entry.name for name in names)):
            continue
        command = [sys.executable, "-B", __file__, folder, f"--one={entry.name}"]
        done = subprocess.run(command, capture_output=True, text=True)
        line = next((line for line in done.stdout.splitlines() if line.startswith('{"name"')), None)
        failure = done.stderr.strip().splitlines()[-1:] or ["nothing was printed"]
        results.append(json.loads(line) if line else {"name": entry.name, "failure": failure[0][:300]})
        Path(out).write_text(json.dumps({"widths": WIDTHS, "steps": STEPS, "models": results}, indent=1))


if __name__ == "__main__":
    main()
