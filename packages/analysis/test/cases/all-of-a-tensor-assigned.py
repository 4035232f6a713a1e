"""What is assigned to all of a tensor takes its place, whoever else holds it."""

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
        h[:] *= math.sqrt(self.breadth)
        held = h
        h[..., :] = h * math.sqrt(self.breadth)
        out = torch.zeros(x.shape[0], 4)
        out[:, :] = self.leave(held) / math.sqrt(self.breadth)
        return out


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# says middle.weight: a 0, b 0.5, c 1
# says leave.weight: a -0.5, b 1, c 1
