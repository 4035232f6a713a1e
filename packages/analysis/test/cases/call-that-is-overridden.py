"""What a class makes of calling its model stands before its forward pass."""

import math

import torch
from torch import nn


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

    def __call__(self, x):
        return super().__call__(x) / self.breadth

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

# says middle.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 1, b 1, c 1
# wants leave.weight: c 0
# MUP303 at most: leave.weight
