"""A product of tensors that is added times a number is that much smaller, or of a size that is not known."""

import math

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 4, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        h = torch.tanh(self.middle(torch.tanh(self.enter(x))))
        made = torch.addcmul(torch.zeros(4), self.leave(h), torch.ones(4), value=1 / self.breadth)
        return made


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# row leave.weight: a 1, b 1, c 1
# MUP302: nothing
# verdict at most: trivial
