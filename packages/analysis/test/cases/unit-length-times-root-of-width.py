"""Unit length and the factor √n undo each other: the middle layer is too large by n^½, not by n (measured +0.49)."""

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
        nn.init.normal_(self.middle.weight, std=0.1)

    def forward(self, x):
        h = F.normalize(torch.tanh(self.enter(x)), dim=-1) * math.sqrt(self.breadth)
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says middle.weight: role hidden, b 0, c 0
# no text: grow like n:
# MUP101: middle.weight
