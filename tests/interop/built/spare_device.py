"""Sizes of matrices that are on another device than the processor, which `meta` stands for: it computes nothing, and refuses
to mix with the processor's as a GPU does.

    python spare_device.py PROBE   prints the devices that sizes come on, a line each
"""

import importlib.util
import sys

import torch

SHAPES = ((64, 64), (512, 384), (7, 1), (1500, 1200))


def main(path):
    spec = importlib.util.spec_from_file_location("probe", path)
    probe = sys.modules["probe"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(probe)
    torch.Tensor.cpu = lambda tensor: torch.zeros(tensor.shape, dtype=tensor.dtype)
    for shape in SHAPES:
        weight = torch.empty(shape, device="meta")
        fans = probe.Fans(torch, torch.nn.Parameter(weight), torch.nn.Linear(1, 1), "weight")
        sizes = probe.sizes_of(torch, weight, fans), probe.bidiagonal_sizes(torch, fans.matrices(weight))
        print(*(one.device for one in sizes))


if __name__ == "__main__":
    main(sys.argv[1])
