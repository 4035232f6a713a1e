"""Writes training.json: full-batch gradient descent of small MLPs in NumPy, in the form W = multiplier * w.

python3 -m venv venv && venv/bin/pip install numpy==2.4.6 scipy==1.17.1 && venv/bin/python training.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.special import erf

D, N, L, K, P, STEPS = 3, 5, 2, 2, 4, 5
RATES = [0.5, 0.25, 0.125]
# Exponents a of the input, hidden and output weights: multipliers N^-a.
A = [-0.5, 0.0, 0.5]

normal_cdf = lambda h: 0.5 * (1 + erf(h / np.sqrt(2)))
sigmoid = lambda h: 1 / (1 + np.exp(-h))
ACTIVATIONS = {
    "tanh": (np.tanh, lambda h: 1 / np.cosh(h) ** 2),
    "sigmoid": (sigmoid, lambda h: sigmoid(h) * sigmoid(-h)),
    "silu": (lambda h: h * sigmoid(h), lambda h: sigmoid(h) + h * sigmoid(h) * sigmoid(-h)),
    "gelu": (lambda h: h * normal_cdf(h), lambda h: normal_cdf(h) + h * np.exp(-h * h / 2) / np.sqrt(2 * np.pi)),
    "erf": (erf, lambda h: 2 / np.sqrt(np.pi) * np.exp(-h * h)),
    "relu": (lambda h: np.maximum(h, 0), lambda h: (h > 0) * 1.0),
    "identity": (lambda h: h, np.ones_like),
}

rng = np.random.default_rng(7)
inputs = rng.standard_normal((P, D))
targets = rng.standard_normal((P, K))
start = [rng.standard_normal(shape) * 0.6 for shape in [(N, D), (N, N), (K, N)]]
multipliers = [N**-a for a in A]


def run(activation, kind, reduction):
    phi, slope = ACTIVATIONS[activation]
    w = [m.copy() for m in start]
    factor = (1 if kind == "half-square" else 2) / (P if reduction == "mean" else 1)
    losses = []
    for step in range(STEPS + 1):
        # Columns are samples here, as in the theory.
        xs, hs = [inputs.T], []
        for m, wl in zip(multipliers[:-1], w[:-1]):
            hs.append(m * wl @ xs[-1])
            xs.append(phi(hs[-1]))
        f = multipliers[-1] * w[-1] @ xs[-1]
        error = f - targets.T
        losses.append(0.5 * factor * float(np.sum(error**2)))
        if step == STEPS:
            return {
                "activation": activation,
                "loss": {"kind": kind, "reduction": reduction},
                "losses": losses,
                "preactivation2": hs[1].T.ravel().tolist(),
                "outputs": f.T.ravel().tolist(),
            }
        delta = factor * error
        gradients = [None] * (L + 1)
        gradients[L] = multipliers[L] * delta @ xs[L].T
        back = multipliers[L] * w[L].T @ delta
        for l in range(L - 1, -1, -1):
            dh = back * slope(hs[l])
            gradients[l] = multipliers[l] * dh @ xs[l].T
            back = multipliers[l] * w[l].T @ dh
        w = [wl - rate * g for wl, rate, g in zip(w, RATES, gradients)]


oracle = {
    "net": {"inputDim": D, "width": N, "depth": L, "outputDim": K},
    "samples": P,
    "steps": STEPS,
    "a": A,
    "rates": RATES,
    "inputs": inputs.ravel().tolist(),
    "targets": targets.ravel().tolist(),
    "weights": [m.ravel().tolist() for m in start],
    "runs": [run(name, "half-square", "mean") for name in ACTIVATIONS]
    + [run("tanh", "square", "mean"), run("tanh", "half-square", "sum"), run("tanh", "square", "sum")],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(oracle, indent=1) + "\n")
