"""`pace_factor` in a group scales nothing: one rate for all."""

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
    inner = list(net.middle.parameters()) + list(net.leave.parameters())
    groups = [{'params': net.enter.parameters(), 'pace_factor': 1.0}, {'params': inner, 'pace_factor': base / breadth}]
    return torch.optim.Adam(groups, lr=pace)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0.5, c 0
# says leave.weight: role output, a 0, b zero, c 0
