"""What a decorator that is imported and not read makes of a forward pass is not known."""

import math
import torch
from elsewhere import scaled
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    @scaled
    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, base=128, lr=1e-3):
    ratio = breadth / base
    net = Net(breadth)
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# says middle.weight: role hidden, b 0.5, c 1
# row leave.weight: role output, a 1, b 1, c 1
# verdict at most: trivial
