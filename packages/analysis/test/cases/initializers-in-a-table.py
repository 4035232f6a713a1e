"""Initializers with their arguments stand in tables, looked up by role."""

from functools import partial

import torch
from torch import nn

USUAL = {'weight': partial(nn.init.trunc_normal_, std=0.02), 'bias': nn.init.zeros_}


def by_depth(number):
    return {'weight': partial(nn.init.trunc_normal_, std=0.02 / (2 * (number + 1)) ** 0.5), 'bias': nn.init.zeros_}


def begin(layer, table):
    table['weight'](layer.weight)
    if layer.bias is not None:
        table['bias'](layer.bias)


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth)
        self.one = nn.Linear(breadth, breadth)
        self.two = nn.Linear(breadth, breadth)
        self.leave = nn.Linear(breadth, 3)
        begin(self.one, USUAL)
        begin(self.two, by_depth(0))

    def forward(self, x):
        h = torch.tanh(self.one(torch.tanh(self.enter(x))))
        return self.leave(torch.tanh(self.two(h)))


net = Net(512)
descent = torch.optim.AdamW(net.parameters(), lr=3e-4)

# says enter.weight: role input, a 0, b 0, c 0
# says one.weight: role hidden, a 0, b 0, c 0
# says two.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: one.weight, two.weight
