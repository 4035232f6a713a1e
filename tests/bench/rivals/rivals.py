"""What PyTorch, OpenBLAS and LAPACK take, one thread: answers lines of JSON, {"what", "size", "times"}, with seconds of the processor."""

import json
import os
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy
import torch

torch.set_num_threads(1)
BATCH = 256


def step(width):
    """A training step of four square weights with tanh between them, by stochastic gradient descent."""
    layers = [torch.nn.Linear(width, width, bias=False) for _ in range(4)]
    net = torch.nn.Sequential(*[part for each in layers for part in (each, torch.nn.Tanh())][:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-6)
    inputs, targets = torch.randn(BATCH, width), torch.randn(BATCH, width)

    def run():
        optimizer.zero_grad()
        (0.5 * (net(inputs) - targets).square().sum(1).mean()).backward()
        optimizer.step()

    return run


def product(size):
    a, b = (numpy.random.randn(size, size).astype(numpy.float32) for _ in range(2))
    return lambda: a @ b


def eigenvalues(size):
    x = numpy.random.randn(size, 2 * size)
    gram = x @ x.T / (2 * size)
    return lambda: numpy.linalg.eigvalsh(gram)


MADE = {"step": step, "product": product, "eigenvalues": eigenvalues}
kept = {}


def blas():
    """The name of the kernels that NumPy's BLAS has chosen."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return "BLAS of NumPy " + numpy.__version__
    return ", ".join(f"{each.get('internal_api')} {each.get('version')} {each.get('architecture', '')}" for each in threadpool_info())


print(json.dumps({"torch": torch.__version__, "capability": torch.backends.cpu.get_cpu_capability(), "blas": blas()}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    key = (asked["what"], asked["size"])
    if key not in kept:
        kept[key] = MADE[asked["what"]](asked["size"])
        kept[key]()
    begun = time.process_time()
    for _ in range(asked["times"]):
        kept[key]()
    print(json.dumps({"seconds": time.process_time() - begun}), flush=True)
