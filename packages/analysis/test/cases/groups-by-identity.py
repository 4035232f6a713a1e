"""Whose id is not in a set is in the other group."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth, base=128, pace=1e-3):
    net = Net(breadth)
    outer = set(map(id, net.enter.parameters()))
    inner = [p for p in net.parameters() if id(p) not in outer]
    groups = [{'params': net.enter.parameters()}, {'params': inner, 'lr': pace * base / breadth}]
    return torch.optim.Adam(groups, lr=pace)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 0, b zero, c 1
