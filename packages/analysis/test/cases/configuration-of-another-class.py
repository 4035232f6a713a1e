"""A configuration of a subclass computes a spread otherwise than the class that the model names; a dict holds a width."""

import math
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Shape:
    breadth: int = 256

    @property
    def spread(self):
        return 0.02


class Scaled(Shape):
    @property
    def spread(self):
        return 1 / math.sqrt(self.breadth)


class Held(dict):
    def __getattr__(self, key):
        return self[key]


class Net(nn.Module):
    def __init__(self, shape: Shape, held):
        super().__init__()
        self.enter = nn.Linear(12, shape.breadth, bias=False)
        self.middle = nn.Linear(shape.breadth, shape.breadth, bias=False)
        self.after = nn.Linear(shape.breadth, held.inner, bias=False)
        self.mixed = nn.Linear(held.inner, held.inner, bias=False)
        self.leave = nn.Linear(held.inner, 3, bias=False)
        nn.init.normal_(self.middle.weight, std=shape.spread)

    def forward(self, x):
        for part in (self.enter, self.middle, self.after, self.mixed):
            x = torch.tanh(part(x))
        return self.leave(x)


def train(n, k, lr=1e-3):
    net = Net(Scaled(breadth=n), Held(inner=k))
    wide = [net.middle.weight, net.after.weight]
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": wide, "lr": lr / n},
            {"params": [net.mixed.weight, net.leave.weight], "lr": lr / k},
        ]
    )


# row middle.weight: role hidden, b 0.5, c 1
# row after.weight: role hidden, c 1
# row mixed.weight: role hidden, c 1
# row leave.weight: role output, c 1
# MUP101: nothing
# MUP301: nothing
# MUP302: nothing
