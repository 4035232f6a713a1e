"""Builds each real model at three widths and writes what every parameter is: dimensions, speeds, size at the start, rate.

    python measure_models.py FOLDER_OF_CLONES OUT.json [NAME…]

The exponents are slopes of log against log width: a dimension's, that of the root mean square of the entries at
construction (over seeds), that of the learning rate of its group.
"""

import contextlib
import fnmatch
import io
import json
import math
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

import torch
from torch import nn

from real_models import MODELS, Clones, RealModel

WIDTHS = (64, 128, 256)
SEEDS = (0, 1, 2)


def slope(values):
    """The least-squares slope of log(value) against log(width)."""
    logs = [math.log(width) for width in WIDTHS]
    ys = [math.log(value) for value in values]
    mean_x, mean_y = sum(logs) / len(logs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(logs, ys)) / sum((x - mean_x) ** 2 for x in logs)


def slope_error(entries):
    """The standard error of such a slope of root mean squares over so many random entries at each width."""
    logs = [math.log(width) for width in WIDTHS]
    mean = sum(logs) / len(logs)
    spread = sum((x - mean) ** 2 for x in logs)
    return math.sqrt(sum((x - mean) ** 2 / (2 * count) for x, count in zip(logs, entries))) / spread


def owners(model):
    """Which module of which type holds each parameter, by its first name."""
    return {(f"{path}." if path else "") + name: (module, name)
            for path, module in model.named_modules() for name, _ in module.named_parameters(recurse=False)}


def summed_dimensions(module, name, parameter, declared):
    """Which dimensions a use of the parameter sums over; None where that is not known here."""
    if declared is not None:
        return declared
    if parameter.ndim <= 1:
        return ()
    if isinstance(module, nn.Embedding):
        return (0,)
    if isinstance(module, (nn.Linear, nn.RNNBase, nn.RNNCellBase, nn.MultiheadAttention)):
        return (1,)
    if isinstance(module, nn.modules.conv._ConvNd) and not module.transposed:
        return tuple(range(1, parameter.ndim))
    if type(module).__name__ == "Linear":
        return (1,)
    if type(module).__name__ == "Embedding":
        return (0,)
    return None


def rms(parameter):
    return parameter.detach().double().pow(2).mean().sqrt().item()


def all_names(model):
    """Every name of every parameter, tied ones included."""
    return list(model.named_parameters(remove_duplicate=False))


def variant(entry, build, clones):
    models = {width: [] for width in WIDTHS}
    rates, kinds = {}, {}
    for width in WIDTHS:
        for seed in SEEDS:
            torch.manual_seed(seed)
            models[width].append(build(clones, width))
        if entry.optimizer is not None:
            optimizer = entry.optimizer(clones, models[width][0], width)
            names = {id(parameter): name for name, parameter in models[width][0].named_parameters()}
            for group in optimizer.param_groups:
                for parameter in group["params"]:
                    rates.setdefault(names[id(parameter)], []).append(group["lr"])
                    kinds[names[id(parameter)]] = group.get("kind", type(optimizer).__name__.lower())
    return [described(entry, name, models, rates, kinds) for name, _ in models[WIDTHS[0]][0].named_parameters()]


def described(entry, name, models, rates, kinds):
    at = {width: [dict(model.named_parameters())[name] for model in built] for width, built in models.items()}
    first, top = models[WIDTHS[0]][0], at[WIDTHS[-1]][0]
    module, own_name = owners(first)[name]
    speeds = [round(slope([at[width][0].shape[axis] for width in WIDTHS]), 3) for axis in range(top.ndim)]
    declared = next((dims for pattern, dims in entry.fan_in if fnmatch.fnmatch(name, pattern)), None)
    summed = summed_dimensions(module, own_name, top, declared)
    sizes = [sum(rms(parameter) ** 2 for parameter in at[width]) ** 0.5 for width in WIDTHS]
    zeros = [size == 0 for size in sizes]
    spread = [at[width][0].detach().double().std().item() if at[width][0].numel() > 1 else 0.0 for width in WIDTHS]
    constant = all(value == 0 for value in spread)
    lrs = rates.get(name)
    return {
        "name": name,
        "others": [other for other, parameter in all_names(first) if parameter is dict(first.named_parameters())[name]
                   and other != name],
        "owner": type(module).__name__,
        "shape": list(top.shape),
        "speeds": speeds,
        "summed": None if summed is None else list(summed),
        "trained": top.requires_grad,
        "b": "zero" if all(zeros) else None if any(zeros) else round(-slope(sizes), 3),
        "error": 0 if constant else round(slope_error([len(SEEDS) * at[width][0].numel() for width in WIDTHS]), 3),
        "constant": constant,
        "c": None if lrs is None or len(lrs) != len(WIDTHS) else round(-slope(lrs), 3),
        "optimizer": kinds.get(name),
        "a": next((a for pattern, a in entry.multipliers if fnmatch.fnmatch(name, pattern)), 0),
    }


def measured(entry: RealModel, clones: Clones):
    with contextlib.redirect_stdout(io.StringIO()):
        variants = [{"mode": mode, "parameters": variant(entry, build, clones)}
                    for mode, build in (("default", entry.build), *entry.variants)]
    return {"name": entry.name, "file": entry.file, "class": entry.class_name, "variants": variants}


def measure_repository(folder: Path, repository: str, names: list[str]):
    """The models of one repository, one JSON line each."""
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    clones = Clones(folder, repository)
    for entry in MODELS:
        if repository_of(entry) != repository or not wanted(entry, names):
            continue
        try:
            if not (folder / entry.file).exists():
                raise FileNotFoundError(f"{entry.file} is not there")
            result = measured(entry, clones)
        except Exception as error:
            print(entry.name, traceback.format_exc()[-1500:], file=sys.stderr)
            result = {"name": entry.name, "file": entry.file, "class": entry.class_name,
                      "failure": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(result), flush=True)


def repository_of(entry: RealModel) -> str:
    return entry.file.split("/")[0]


def wanted(entry: RealModel, names: list[str]) -> bool:
    return not names or any(name in entry.name for name in names)


def main():
    folder, out, *names = sys.argv[1:]
    if out.startswith("--repository="):
        return measure_repository(Path(folder), out.split("=")[1], names)
    results = []
    for repository in dict.fromkeys(repository_of(entry) for entry in MODELS if wanted(entry, names)):
        command = [sys.executable, "-B", __file__, folder, f"--repository={repository}", *names]
        lines = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        results += [json.loads(line) for line in lines if line.startswith('{"name"')]
    Path(out).write_text(json.dumps({"widths": WIDTHS, "models": results}, indent=1))


if __name__ == "__main__":
    main()
