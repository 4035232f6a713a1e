"""Builds models before and after their fixes, and says of every parameter what became of it.

Reads a JSON list of {name, before, after} (paths of Python files with a function `make(width)` that gives a model and its
optimizer) on standard input, and writes, a model each, of every parameter at the base width and twice and four times that:
whether it starts with the same numbers, its size, and the effective rate and decay of its group.
"""

import importlib.util
import json
import sys

import torch

BASE = 64
WIDTHS = (BASE, 2 * BASE, 4 * BASE)
SEEDS = range(4)


def load(path):
    spec = importlib.util.spec_from_file_location("model_under_test", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def built(module, width, seed):
    torch.manual_seed(seed)
    model, optimizer = module.make(width)
    groups = {id(p): group for group in optimizer.param_groups for p in group["params"]}
    return {
        name: (p.detach().clone(), groups[id(p)]["lr"], groups[id(p)]["weight_decay"])
        for name, p in model.named_parameters()
    }


def size(values):
    return torch.stack([value.double().square().mean() for value in values]).mean().sqrt().item()


def held(name, before, after):
    modules = {"before": load(before), "after": load(after)}
    parameters = {}
    for width in WIDTHS:
        runs = {which: [built(module, width, seed) for seed in SEEDS] for which, module in modules.items()}
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
                    for which in modules
                },
            }
        assert list(runs["before"][0]) == list(runs["after"][0]), f"{name}: other parameters"
    return {"name": name, "widths": WIDTHS, "parameters": parameters}


json.dump([held(**one) for one in json.load(sys.stdin)], sys.stdout)
