"""Builds models before and after their fixes, and says of every parameter what became of it.

Reads a JSON list of {name, before, after} (paths of Python files with a function `make(width)` that gives a model and its
optimizer, or scripts that make `Net(64)` and its optimizer at their top) on standard input, and writes, a model each, of every parameter at the base width and twice and four times that:
whether it starts with the same numbers, its size, and the effective rate and decay of its group.
"""

import json
import sys
import types
from pathlib import Path

import torch

BASE = 64
WIDTHS = (BASE, 2 * BASE, 4 * BASE)
SEEDS = range(4)


def load(path):
    """A function from a width to the model and optimizer of a file."""
    module = types.ModuleType("model_under_test")
    sys.modules[module.__name__] = module
    text = Path(path).read_text()
    exec(compile(text, path, "exec"), module.__dict__)
    if hasattr(module, "make"):
        return module.make

    def script(width):
        again = dict(__name__=module.__name__)
        exec(compile(text.replace(f"Net({BASE})", f"Net({width})"), path, "exec"), again)
        return again["model"], again["optimizer"]

    return script


def built(make, width, seed):
    torch.manual_seed(seed)
    model, optimizer = make(width)
    groups = {id(p): group for group in optimizer.param_groups for p in group["params"]}
    return {
        name: (p.detach().clone(), groups[id(p)]["lr"], groups[id(p)]["weight_decay"])
        for name, p in model.named_parameters()
    }


def size(values):
    return torch.stack([value.double().square().mean() for value in values]).mean().sqrt().item()


def held(name, before, after):
    makers = {"before": load(before), "after": load(after)}
    parameters = {}
    for width in WIDTHS:
        runs = {which: [built(make, width, seed) for seed in SEEDS] for which, make in makers.items()}
        for parameter in runs["before"][0]:
            here = parameters.setdefault(parameter, {})
            tensors = {which: [run[parameter][0] for run in each] for which, each in runs.items()}
            here[width] = {
                "same": all(torch.equal(*pair) for pair in zip(tensors["before"], tensors["after"])),
                **{
                    which: {
                        "size": size(tensors[which]),
                        "lr": runs[which][0][parameter][1],
                        "decay": runs[which][0][parameter][1] * runs[which][0][parameter][2],
                    }
                    for which in makers
                },
            }
        assert list(runs["before"][0]) == list(runs["after"][0]), f"{name}: other parameters"
    return {"name": name, "widths": WIDTHS, "parameters": parameters}


json.dump([held(**one) for one in json.load(sys.stdin)], sys.stdout)
