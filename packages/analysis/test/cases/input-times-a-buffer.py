"""A buffer of n^-½ stands before the middle layer (slope 0.00)."""

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
        self.register_buffer('shrink', torch.tensor(breadth ** -0.5))
        nn.init.normal_(self.middle.weight, std=0.1)

    def forward(self, x):
        h = torch.tanh(self.enter(x)) * self.shrink
        return self.leave(torch.tanh(self.middle(h)))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says enter.weight: role input, b 0, c 0
# says middle.weight: role hidden, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: nothing
