"""Writes coordinates.json: coordinate sizes as microsoft/mup's coord_check records them on PyTorch, and their slopes.

python3 -m venv venv && venv/bin/pip install torch==2.13.0 mup==1.0.0 && venv/bin/python coordinates.py

Two networks, without biases: μP as the package scales it (its readout, its optimizer), and PyTorch's own with one
learning rate. `steps` starts both from weights that are a formula, so that every number can be met; `slopes` draws
them, and fits log size against log width over seeds.
"""
import json
from pathlib import Path

import numpy as np
import torch
from mup import MuReadout, set_base_shapes
from mup.coord_check import get_coord_data
from mup.optim import MuSGD
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

INPUT_DIM, CLASSES, SAMPLES, DEPTH = 6, 3, 12, 3
BASE_WIDTH, LEARNING_RATE, NSTEPS = 16, 0.1, 4
STEP_WIDTHS, SLOPE_WIDTHS, SEEDS = [16, 32, 64], [32, 64, 128, 256], 5
LAYERS = [f"fc{layer}" for layer in range(1, DEPTH + 2)]


def formula(rows, cols, number):
    """Entries of variance 1 that any language computes alike: squares modulo a prime, spread over ±√3."""
    i, j = np.arange(rows, dtype=np.int64)[:, None], np.arange(cols, dtype=np.int64)[None, :]
    square = (7919 * (i + 1) + 104729 * (j + 1) + 1299709 * (number + 1)) ** 2
    return np.sqrt(3) * (2 * (square % 65537) / 65537 - 1)


inputs = formula(SAMPLES, INPUT_DIM, 0)
inputs = torch.tensor(inputs / np.linalg.norm(inputs, axis=1, keepdims=True))
labels = torch.arange(SAMPLES) % CLASSES


class Mlp(nn.Module):
    def __init__(self, width, mup):
        super().__init__()
        readout = MuReadout if mup else nn.Linear
        sizes = [INPUT_DIM] + [width] * DEPTH
        for layer, (fan_in, fan_out) in enumerate(zip(sizes, sizes[1:]), 1):
            setattr(self, f"fc{layer}", nn.Linear(fan_in, fan_out, bias=False))
        setattr(self, LAYERS[-1], readout(width, CLASSES, bias=False))

    def forward(self, x):
        for name in LAYERS[:-1]:
            x = torch.tanh(getattr(self, name)(x))
        return getattr(self, LAYERS[-1])(x)


def initial_std(width, mup):
    """Of each layer: 1, n^−½ …, and for the readout n₀^−½ beside the package's multiplier, or n^−½."""
    return [1] + [width**-0.5] * (DEPTH - 1) + [BASE_WIDTH**-0.5 if mup else width**-0.5]


def model(width, mup, drawn):
    net = Mlp(width, mup)
    if mup:
        shapes = [Mlp(w, mup) for w in (BASE_WIDTH, 2 * BASE_WIDTH)]
        set_base_shapes(net, shapes[0], delta=shapes[1], rescale_params=False)
    with torch.no_grad():
        for number, (name, std) in enumerate(zip(LAYERS, initial_std(width, mup)), 1):
            weight = getattr(net, name).weight
            weight.copy_(torch.randn_like(weight) if drawn else torch.tensor(formula(*weight.shape, number)))
            weight.mul_(std)
    return net


def sizes(widths, mup, drawn, seeds):
    models = {width: (lambda width=width: model(width, mup, drawn)) for width in widths}
    data = get_coord_data(models, [(inputs, labels)], optimizer="sgd", lr=LEARNING_RATE, mup=mup, nsteps=NSTEPS,
                          lossfn="mse", cuda=False, nseeds=seeds, show_progress=False)
    return data[data["module"].isin(LAYERS)]


def updates(width, mup):
    """mean |h_t − h_0|, which the package does not record."""
    net = model(width, mup, drawn=False)
    seen = {}
    for name in LAYERS:
        getattr(net, name).register_forward_hook(lambda _, __, out, name=name: seen.setdefault(name, []).append(out.detach()))
    optimizer = (MuSGD if mup else torch.optim.SGD)(net.parameters(), lr=LEARNING_RATE)
    for _ in range(NSTEPS):
        loss = nn.functional.mse_loss(net(inputs), nn.functional.one_hot(labels).to(inputs.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [[(out - outs[0]).abs().mean().item() for out in outs] for outs in (seen[name] for name in LAYERS)]


def slope(data, name, t):
    of = data[(data["module"] == name) & (data["t"] == t)]
    x, y = np.log(of["width"].to_numpy(float)), np.log(of["l1"].to_numpy())
    spread = ((x - x.mean()) ** 2).sum()
    value = ((x - x.mean()) * (y - y.mean())).sum() / spread
    residual = y - y.mean() - value * (x - x.mean())
    return {"value": value, "error": float(np.sqrt((residual**2).sum() / (len(x) - 2) / spread))}


def network(mup):
    at = sizes(STEP_WIDTHS, mup, drawn=False, seeds=1)
    drawn = sizes(SLOPE_WIDTHS, mup, drawn=True, seeds=SEEDS)
    return {
        "steps": [
            {
                "width": width,
                "sizes": [at[(at["width"] == width) & (at["module"] == name)].sort_values("t")["l1"].tolist() for name in LAYERS],
                "updates": updates(width, mup),
            }
            for width in STEP_WIDTHS
        ],
        "slopes": [[slope(drawn, name, t) for t in range(1, NSTEPS + 1)] for name in LAYERS],
    }


oracle = {
    "inputDim": INPUT_DIM, "classes": CLASSES, "samples": SAMPLES, "depth": DEPTH, "baseWidth": BASE_WIDTH,
    "learningRate": LEARNING_RATE, "slopeWidths": SLOPE_WIDTHS, "seeds": SEEDS,
    "mup": network(True), "torch": network(False),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(oracle, indent=1) + "\n")
