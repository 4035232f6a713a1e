"""Builds and trains random transformers at four widths and writes how sizes, gradients and changes grow.

    python measure_random.py MODELS.json OUT.json

MODELS.json has a list of {source}: code with a `build(width)` that returns the model and its optimizers. Constants are put
right at the narrowest width, and kept from there on: exponents are those of the code, and no term drowns another.

Of every layer's output: the exponent of its size at the start and of its change after each step, and of every matrix that of
its first gradient, each minus the slope of log RMS against log width over all seeds, with its 95 % Student half-width.
"""

import json
import math
import sys

import torch
from torch import nn

WIDTHS = (64, 128, 256, 512)
SEEDS = (0, 1, 2)
STEPS = 3
STUDENT = 2.228
"""The 97.5 % quantile at 3 · 4 − 2 = 10 degrees of freedom."""

START = {"embed": 1.0, "position": 1.0, "head": 0.125}
"""Standard deviations at the narrowest width; 0.125 = 1/√64 for what sums over it."""

torch.manual_seed(0)
TOKENS = torch.randint(0, 50, (4, 16))
TARGETS = torch.randn(4, 16, 50)


def rms(tensor):
    return tensor.detach().double().pow(2).mean().sqrt().item()


def built(source, width, seed):
    torch.manual_seed(1000 * seed + width)
    names = {}
    exec(source, names)
    model, *optimizers = names["build"](width)
    return model, optimizers


def loss_of(out):
    return 0.5 * (out - TARGETS).pow(2).sum(-1).mean()


class Constants:
    """What every weight and rate is multiplied by, whatever the width."""

    def __init__(self, source):
        model, optimizers = built(source, WIDTHS[0], 0)
        self.starts = {
            name: START.get(name.split(".")[0], 0.125) / rms(weight)
            for name, weight in model.named_parameters()
            if weight.dim() > 1 and rms(weight) > 0
        }
        self.start(model)
        loss_of(model(TOKENS)).backward()
        self.rates = [
            [self.rate(optimizer, group) for group in optimizer.param_groups] for optimizer in optimizers
        ]

    def start(self, model):
        with torch.no_grad():
            for name, weight in model.named_parameters():
                weight.mul_(self.starts.get(name, 1.0))

    @staticmethod
    def rate(optimizer, group):
        kind = type(optimizer).__name__
        if kind == "Muon":
            return 0.1 / group["lr"]
        if kind != "SGD":
            return (0.003 if any(weight.dim() > 1 for weight in group["params"]) else 0.01) / group["lr"]
        sizes = [(rms(weight) or 0.125) / rms(weight.grad) for weight in group["params"] if rms(weight.grad) > 0]
        return 0.05 * min(sizes, default=1.0) / group["lr"]

    def apply(self, model, optimizers):
        self.start(model)
        for optimizer, rates in zip(optimizers, self.rates):
            for group, factor in zip(optimizer.param_groups, rates):
                group["lr"] *= factor
                group["weight_decay"] = 0.0


def outputs_of(model):
    found = {}
    layers = {name: layer for name, layer in model.named_modules() if isinstance(layer, (nn.Linear, nn.Embedding))}
    handles = [
        layer.register_forward_hook(lambda _, __, out, name=name: found.__setitem__(name, out.detach().clone()))
        for name, layer in layers.items()
    ]
    out = model(TOKENS)
    for handle in handles:
        handle.remove()
    found["out"] = out.detach().clone()
    for name in [name for name in found if name.endswith(".qkv")]:
        for letter, part in zip("qkv", found.pop(name).chunk(3, dim=-1)):
            found[f"{name[:-3]}{letter}"] = part
    return out, found


def measured(source):
    """{kind: {name: [(log2 width, log2 size)]}}; a size of exactly 0 is None."""
    constants = Constants(source)
    points = {}

    def put(kind, name, width, size):
        points.setdefault(kind, {}).setdefault(name, []).append((math.log2(width), math.log2(size) if size else None))

    for width in WIDTHS:
        for seed in SEEDS:
            model, optimizers = built(source, width, seed)
            constants.apply(model, optimizers)
            out, before = outputs_of(model)
            for name, tensor in before.items():
                put("init", name, width, rms(tensor))
            for step in range(STEPS):
                for optimizer in optimizers:
                    optimizer.zero_grad(set_to_none=False)
                loss_of(out).backward()
                if step == 0:
                    for name, weight in model.named_parameters():
                        if weight.dim() > 1 and ".qkv." not in name:
                            put("gradient", name, width, rms(weight.grad))
                for optimizer in optimizers:
                    optimizer.step()
                out, after = outputs_of(model)
                for name, tensor in after.items():
                    put(f"step {step + 1}", name, width, rms(tensor - before[name]))
    return points


def slope(points):
    """[exponent, half-width]; None where all are exactly 0, or not all are finite."""
    if any(y is None or not math.isfinite(y) for _, y in points):
        return "zero" if all(y is None for _, y in points) else None
    n = len(points)
    mean_x = sum(x for x, _ in points) / n
    mean_y = sum(y for _, y in points) / n
    sxx = sum((x - mean_x) ** 2 for x, _ in points)
    b = sum((x - mean_x) * (y - mean_y) for x, y in points) / sxx
    rest = sum((y - mean_y - b * (x - mean_x)) ** 2 for x, y in points)
    return [-b, STUDENT * math.sqrt(rest / (n - 2) / sxx)]


def main():
    models, out = sys.argv[1:]
    results = []
    with open(models) as file:
        sources = [model["source"] for model in json.load(file)]
    for at, source in enumerate(sources):
        points = measured(source)
        results.append({kind: {name: slope(own) for name, own in names.items()} for kind, names in points.items()})
        print(f"\r{at + 1} of {len(sources)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    with open(out, "w") as file:
        json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
