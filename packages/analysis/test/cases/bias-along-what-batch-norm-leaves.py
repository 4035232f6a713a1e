"""Channels lose their means and not the places along them: a bias with an entry for each place has a right rate."""

import math
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth)
        self.middle = nn.Linear(breadth, breadth)
        self.level = nn.BatchNorm1d(4)
        self.leave = nn.Linear(breadth, 1)
        nn.init.normal_(self.enter.weight, std=0.3)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        return self.leave(torch.tanh(self.level(self.middle(torch.tanh(self.enter(x.view(-1, 4, 8)))))))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [*net.enter.parameters(), *net.level.parameters(), net.leave.bias], "lr": lr},
            {"params": [*net.middle.parameters(), net.leave.weight], "lr": lr / ratio},
        ]
    )


# says middle.bias: c 1
# says middle.weight: role hidden, a 0, b 0.5, c 1
# MUP303: middle.bias
