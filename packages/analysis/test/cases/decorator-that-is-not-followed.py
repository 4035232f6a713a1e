"""What a decorator makes of a forward pass that is no function is not followed: the model has no verdict."""

import math

import torch
from torch import nn


class Timed:
    def __init__(self, method):
        self.method = method

    def __get__(self, owner, kind):
        return lambda *args: self.method(owner, *args) / owner.breadth


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    @Timed
    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def prepare(breadth, rate=1e-3):
    net = Net(breadth)
    return net, torch.optim.Adam(
        [
            {'params': net.enter.parameters(), 'lr': rate},
            {'params': net.middle.parameters(), 'lr': rate / breadth},
            {'params': net.leave.parameters(), 'lr': rate / breadth},
        ]
    )

# row middle.weight: role hidden, a 0, b 0.5, c 1
# row leave.weight: b 1, c 1
# MUP303: nothing
# verdict at most: trivial
