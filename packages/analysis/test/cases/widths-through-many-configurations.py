"""Several widths that reach a model through configurations, however those are made, are none of them constant."""

import dataclasses
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
        return cls(breadth=n)


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
    return Net(Shape(breadth=n, spread=n**-0.5))


def train(by_name, by_place, by_factory, by_change, lr=1e-3, base=128):
    changed = Wider.of(by_change)
    changed.spread = by_change**-0.5
    replaced = dataclasses.replace(Shape(), breadth=by_factory, spread=by_factory**-0.5)
    nets = [
        Net(Shape(breadth=by_name, spread=by_name**-0.5)),
        Net(Shape(by_place, 128, by_place**-0.5)),
        make(by_factory),
        Net(changed),
        Net(replaced),
    ]
    for net in nets:
        torch.optim.Adam(
            [
                {"params": net.enter.weight, "lr": lr},
                {"params": net.first.weight, "lr": lr * base / by_name},
                {"params": net.second.weight, "lr": lr / (by_place / base)},
                {"params": net.third.weight, "lr": lr / (by_factory / base)},
                {"params": [net.fourth.weight, net.leave.weight], "lr": lr * (base / by_change)},
            ]
        )


# says enter.weight: role input, c 0
# row first.weight: role hidden, b 0.5, c 1
# row second.weight: role hidden, b 0.5, c 1
# row third.weight: role hidden, b 0.5, c 1
# row fourth.weight: role hidden, b 0.5, c 1
# row leave.weight: role output, c 1
# MUP101: nothing
# MUP301: nothing
# MUP302: nothing
