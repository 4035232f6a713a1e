"""Writes optimizers.json: full-batch training of a small MLP by PyTorch's optimizers in float64, W = multiplier * w.

python3 -m venv venv && venv/bin/pip install torch==2.13.0 && venv/bin/python optimizers.py
"""

import json
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

torch.set_default_dtype(torch.float64)
D, N, L, K, P, STEPS = 3, 5, 2, 3, 4, 6
A = [-0.5, 0.0, 0.5]
RATES = [0.05, 0.025, 0.0125]

torch.manual_seed(3)
inputs = torch.randn(P, D)
classes = torch.tensor([0, 1, 2, 0])
targets = torch.eye(K)[classes] - 1 / K
start = [0.6 * torch.randn(shape) for shape in [(N, D), (N, N), (K, N)]]

OPTIMIZERS = {
    "sgd": lambda groups: torch.optim.SGD(groups),
    "momentum": lambda groups: torch.optim.SGD(groups, momentum=0.9),
    "adam": lambda groups: torch.optim.Adam(groups, betas=(0.9, 0.999), eps=1e-12),
}
SPECS = {
    "sgd": {"kind": "sgd"},
    "momentum": {"kind": "momentum", "momentum": 0.9},
    "adam": {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-12},
}
LOSSES = {
    "half-square": lambda f: 0.5 * ((f - targets) ** 2).sum(1).mean(),
    "square": lambda f: ((f - targets) ** 2).sum(1).mean(),
    "cross-entropy": lambda f: cross_entropy(f, classes),
}


def run(optimizer, loss):
    weights = [w.clone().requires_grad_() for w in start]
    rule = OPTIMIZERS[optimizer]([{"params": [w], "lr": rate} for w, rate in zip(weights, RATES)])
    losses = []
    for step in range(STEPS + 1):
        x = inputs
        for w, a in zip(weights[:-1], A):
            x = torch.tanh(N**-a * x @ w.T)
        f = N ** -A[-1] * x @ weights[-1].T
        value = LOSSES[loss](f)
        losses.append(value.item())
        if step < STEPS:
            rule.zero_grad()
            value.backward()
            rule.step()
    return {
        "optimizer": SPECS[optimizer],
        "loss": {"kind": loss, "reduction": "mean"},
        "losses": losses,
        "weights": [w.detach().flatten().tolist() for w in weights],
    }


Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "net": {"inputDim": D, "width": N, "depth": L, "outputDim": K},
            "samples": P,
            "steps": STEPS,
            "a": A,
            "rates": RATES,
            "inputs": inputs.flatten().tolist(),
            "targets": targets.flatten().tolist(),
            "weights": [w.flatten().tolist() for w in start],
            "runs": [run(optimizer, loss) for optimizer in OPTIMIZERS for loss in LOSSES],
        }
    )
    + "\n"
)
