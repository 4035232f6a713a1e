"""What is changed through a view of it is no longer what it was."""

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

    def forward(self, x):
        h = self.middle(torch.tanh(self.enter(x)))
        rows = h.view(-1, self.breadth)
        rows.mul_(math.sqrt(self.breadth))
        return self.leave(torch.tanh(h))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# row middle.weight: role hidden, a -0.5, b 0.5, c 1
# verdict at most: unstable
