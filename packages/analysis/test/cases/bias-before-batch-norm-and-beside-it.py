"""A bias that goes around the norm as well has a right rate."""

import math
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.middle = nn.Linear(breadth, breadth)
        self.level = nn.BatchNorm1d(breadth)
        self.leave = nn.Linear(breadth, 1)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        h = self.middle(torch.tanh(self.enter(x)))
        return self.leave(torch.tanh(h) + torch.tanh(self.level(h)))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [*net.enter.parameters(), *net.level.parameters(), net.leave.bias], "lr": lr},
            {"params": [*net.middle.parameters(), net.leave.weight], "lr": lr / ratio},
        ]
    )


# wants middle.bias: c 0
# MUP303: middle.bias
