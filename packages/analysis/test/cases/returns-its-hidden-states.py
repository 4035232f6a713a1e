"""Hidden states that are returned beside the output do not make the width one of the data."""

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
        first = torch.tanh(self.enter(x))
        second = torch.tanh(self.middle(first))
        return self.leave(second), (first, second)


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says enter.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0.5, c 0
# MUP101: middle.weight
