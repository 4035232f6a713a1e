"""Writes activations.json: erf, and every activation with its derivative, from mpmath at 40 digits.

python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 && venv/bin/python activations.py
"""

import json
from pathlib import Path

import mpmath as mp

mp.mp.dps = 40

POINTS = [-30.0, -8.0, -3.5, -2.0, -1.0, -0.3, -1e-3, -1e-9, 0.0, 1e-9, 1e-3, 0.25, 0.5, 1.0, 1.5, 2.25, 4.0, 9.0, 30.0]
ERF_POINTS = [1e-300, 1e-12, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 1.999, 2.0, 2.001, 2.25, 2.5, 2.75,
              2.9, 3.0, 3.25, 3.5, 4.0, 4.5, 5.0, 5.5, 5.9, 6.0, 7.0, 30.0]

sigmoid = lambda h: 1 / (1 + mp.exp(-h))
cdf = lambda h: mp.erfc(-h / mp.sqrt(2)) / 2
density = lambda h: mp.exp(-h * h / 2) / mp.sqrt(2 * mp.pi)

ACTIVATIONS = {
    "sigmoid": (sigmoid, lambda h: sigmoid(h) * sigmoid(-h)),
    "tanh": (mp.tanh, lambda h: mp.sech(h) ** 2),
    "silu": (lambda h: h * sigmoid(h), lambda h: sigmoid(h) * (1 + h * sigmoid(-h))),
    "gelu": (lambda h: h * cdf(h), lambda h: cdf(h) + h * density(h)),
    "erf": (mp.erf, lambda h: 2 / mp.sqrt(mp.pi) * mp.exp(-h * h)),
    "relu": (lambda h: max(h, 0), lambda h: 1 if h > 0 else 0),
    "identity": (lambda h: h, lambda h: 1),
}

oracle = {
    "erf": {"x": ERF_POINTS, "value": [float(mp.erf(x)) for x in ERF_POINTS]},
    "h": POINTS,
    "activations": {
        name: {"phi": [float(phi(mp.mpf(h))) for h in POINTS], "derivative": [float(d(mp.mpf(h))) for h in POINTS]}
        for name, (phi, d) in ACTIVATIONS.items()
    },
}
Path(__file__).with_suffix(".json").write_text(json.dumps(oracle, indent=1) + "\n")
