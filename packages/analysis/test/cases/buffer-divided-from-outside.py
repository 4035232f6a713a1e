"""A buffer is what the training code makes of it."""

import math
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)
        self.register_buffer("gain", torch.ones(1))

    def forward(self, x):
        h = self.middle(torch.tanh(self.enter(x)))
        return self.gain * self.leave(torch.tanh(h))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    with torch.no_grad():
        net.gain /= ratio
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# says leave.weight: role output, a 1, b 1, c 1
# wants leave.weight: c 0
# verdict: trivial
