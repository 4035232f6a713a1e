"""A decorator of the constructor starts all weights anew."""

import math

import torch
from torch import nn


def started(method):
    def inner(self, *args, **options):
        method(self, *args, **options)
        for weight in self.parameters():
            nn.init.normal_(weight, std=0.02)

    return inner


class Net(nn.Module):
    @started
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

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

# says middle.weight: role hidden, a 0, b 0, c 1
# says leave.weight: role output, a 0, b 0, c 1
# MUP101: middle.weight
# MUP104: leave.weight
