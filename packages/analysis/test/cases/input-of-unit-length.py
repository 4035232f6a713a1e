"""What enters the middle layer has length 1: its entries shrink, and a constant start keeps the preactivations (slope −0.01)."""

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
        h = F.normalize(torch.tanh(self.enter(x)), dim=-1)
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# row enter.weight: role input, a 0, b 0, c 0
# row middle.weight: role hidden, a 0, b 0, c 0
# row leave.weight: role output, a 0, b 0.5, c 0
# MUP101 at most: nothing
