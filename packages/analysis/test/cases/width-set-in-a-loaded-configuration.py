"""A number that is put into a configuration which is loaded may be the width."""

import math
import torch
from settings import load
from torch import nn


class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        breadth = settings.breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, base=128, lr=1e-3):
    ratio = breadth / base
    settings = load("base.yaml")
    settings.breadth = breadth
    net = Net(settings)
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# says enter.weight: role input, c 0
# row middle.weight: role hidden, a 0, b 0.5, c 1
# MUP301: nothing
# MUP302: nothing
# verdict at most: feature-learning
