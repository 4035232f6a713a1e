"""Writes linalg.json: spectra from NumPy, and from mpmath at 60 digits where float64 cannot be trusted.

python3 -m venv venv && venv/bin/pip install numpy==2.4.6 mpmath==1.4.1 && venv/bin/python linalg.py
"""

import json
from pathlib import Path

import mpmath as mp
import numpy as np

mp.mp.dps = 60
rng = np.random.default_rng(20250701)


def exact_singular_values(a):
    """Roots of the eigenvalues of A Aᵀ, formed exactly from the float64 entries."""
    m = mp.matrix(a.tolist())
    return sorted((float(mp.sqrt(v)) for v in mp.eigsy(m * m.T, eigvals_only=True)), reverse=True)


def decaying(rows, cols):
    """A matrix whose singular values fall from 1 to 1e-12."""
    q, _ = np.linalg.qr(rng.standard_normal((rows, rows)))
    p, _ = np.linalg.qr(rng.standard_normal((cols, rows)))
    return q @ np.diag(np.logspace(0, -12, rows)) @ p.T


symmetric = rng.standard_normal((12, 12))
symmetric = symmetric + symmetric.T
hilbert = [[1 / (i + j + 1) for j in range(8)] for i in range(8)]
wide = decaying(6, 24)

oracle = {
    "symmetric": {
        "entries": symmetric.ravel().tolist(),
        "eigenvalues": np.linalg.eigvalsh(symmetric)[::-1].tolist(),
    },
    "hilbert8": sorted((float(v) for v in mp.eigsy(mp.matrix(hilbert), eigvals_only=True)), reverse=True),
    "wide": {"rows": 6, "cols": 24, "entries": wide.ravel().tolist(), "singularValues": exact_singular_values(wide)},
}
Path(__file__).with_suffix(".json").write_text(json.dumps(oracle, indent=1) + "\n")
