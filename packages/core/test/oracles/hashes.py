"""Writes hashes.json: names of runs and of data sets, from Python's own json, struct and hashlib.

The canonical form of these specs is plain: ASCII keys, and numbers that Python and ECMAScript print alike.

python3 hashes.py
"""

import hashlib
import json
import struct
from pathlib import Path


def spec(exponents, **changes):
    return {
        "version": 1,
        "net": {"inputDim": 64, "width": 128, "depth": 3, "outputDim": 10, "activation": "tanh"},
        "exponents": dict(zip(["input", "hidden", "output"], ({"a": a, "b": b, "c": c} for a, b, c in exponents))),
        "optimizer": {"kind": "sgd"},
        "constants": {"baseWidth": 1, "initStd": 1, "learningRate": 1},
        "loss": {"kind": "half-square", "reduction": "mean"},
        "data": {"kind": "digits", "hash": "00" * 32},
        "steps": 10,
        "probe": {"samples": 8, "steps": list(range(11))},
        "seed": 0,
        "engine": {"name": "reference", "numerics": 1},
        **changes,
    }


def name(run):
    return hashlib.sha256(json.dumps(run, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def dataset_name(samples, input_dim, output_dim, inputs, targets):
    numbers = [samples, input_dim, output_dim, *inputs, *targets]
    return hashlib.sha256(struct.pack(f"<{len(numbers)}d", *numbers)).hexdigest()


MUP = [(0, 0, -1), (0, 0.5, 0), (0, 1, 1)]
runs = [
    spec(MUP),
    spec(MUP, seed=1),
    spec([(0, 0, -1), (0, 0.5, 0), (1, "zero", -1)]),
    spec(MUP, constants={"baseWidth": 64, "initStd": 1.25, "learningRate": 0.001}),
]
dataset = {"samples": 2, "inputDim": 3, "outputDim": 1, "inputs": [0.1, -2, 1e-300, 0, 5e300, 0.25], "targets": [1, -1]}
oracle = {
    "runs": [{"spec": run, "hash": name(run)} for run in runs],
    "dataset": {**dataset, "hash": dataset_name(*dataset.values())},
}
Path(__file__).with_suffix(".json").write_text(json.dumps(oracle, indent=1) + "\n")
