"""A width that a function is given as a number is that width all the way down."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))


def rate_of(size, rate=1e-3, base=128):
    return rate * base / size


def build(size=512):
    net = Net(size)
    nn.init.normal_(net.middle.weight, std=size**-0.5)
    wide = [net.middle.weight, net.leave.weight]
    return torch.optim.Adam([{"params": wide, "lr": rate_of(size)}, {"params": [net.enter.weight], "lr": 1e-3}])


def train(**settings):
    return build(settings["size"])


train(size=2048)
build()

# says enter.weight: role input, c 0
# row middle.weight: role hidden, b 0.5, c 1
# row leave.weight: role output, c 1
# verdict at most: feature-learning
# MUP101: nothing
