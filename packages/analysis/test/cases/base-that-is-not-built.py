"""A base class that nobody builds is judged in the class that is built of it, which starts its readout."""

import torch
from torch import nn


class Trunk(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth)
        self.middle = nn.Linear(breadth, breadth)
        self.leave = nn.Linear(breadth, 3)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))


class Grown(Trunk):
    def __init__(self, breadth):
        super().__init__(breadth)
        nn.init.normal_(self.leave.weight, std=1 / breadth)


def prepare(breadth, rate=1e-3):
    net = Grown(breadth)
    return net, torch.optim.Adam(
        [
            {"params": [net.middle.weight, net.leave.weight], "lr": rate / breadth},
            {"params": [net.enter.weight, net.enter.bias, net.middle.bias, net.leave.bias], "lr": rate},
        ]
    )


# says leave.weight: role output, a 0, b 1, c 1
# MUP104: nothing
# verdict: feature-learning
