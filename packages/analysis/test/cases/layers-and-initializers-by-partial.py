"""Layers and initializers with some arguments given beforehand."""

from functools import partial

import torch
from torch import nn

Plain = partial(nn.Linear, bias=False)
start = partial(nn.init.normal_, std=0.02)


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = Plain(12, breadth)
        self.middle = Plain(breadth, breadth)
        self.leave = Plain(breadth, 3)
        start(self.middle.weight)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: middle.weight
