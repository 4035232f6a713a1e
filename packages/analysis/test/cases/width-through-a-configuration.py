"""A width that reaches the model through a configuration which the training function makes is that width."""

import math
from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Shape:
    breadth: int = 256
    base: int = 128
    spread: float = 0.02


@dataclass
class Wider(Shape):
    slope: float = 0.1

    @classmethod
    def of(cls, n):
        return cls(breadth=n, spread=n**-0.5)


class Net(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        n = shape.breadth
        self.enter = nn.Linear(12, n, bias=False)
        self.first = nn.Linear(n, n, bias=False)
        self.second = nn.Linear(n, n, bias=False)
        self.third = nn.Linear(n, n, bias=False)
        self.fourth = nn.Linear(n, n, bias=False)
        self.leave = nn.Linear(n, 3, bias=False)
        nn.init.normal_(self.first.weight, std=shape.spread)
        for part in (self.second, self.third, self.fourth):
            nn.init.normal_(part.weight, std=1 / math.sqrt(n))

    def forward(self, x):
        for part in (self.enter, self.first, self.second, self.third, self.fourth):
            x = torch.tanh(part(x))
        return self.leave(x)


def make(n):
    return Net(Wider.of(n))


def train(size, lr=1e-3, base=128):
    net = make(size)
    ratio = size / base
    return torch.optim.Adam(
        [
            {"params": net.enter.weight, "lr": lr},
            {"params": [net.first.weight, net.second.weight], "lr": lr / ratio},
            {"params": [net.third.weight, net.fourth.weight], "lr": lr * base / size},
            {"params": net.leave.weight, "lr": lr * (base / size)},
        ]
    )


# says enter.weight: role input, c 0
# says first.weight: role hidden, b 0.5, c 1
# says second.weight: role hidden, b 0.5, c 1
# says third.weight: role hidden, b 0.5, c 1
# says fourth.weight: role hidden, b 0.5, c 1
# says leave.weight: role output, c 1
# MUP101: nothing
# MUP301: nothing
# MUP302: nothing
