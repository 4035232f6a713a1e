"""A wrapper multiplies by a parameter that starts with a number, and that no optimizer has."""

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
        return self.leave(h)


class Around(nn.Module):
    def __init__(self, inner, gain):
        super().__init__()
        self.inner = inner
        self.gain = nn.Parameter(torch.tensor(gain))

    def forward(self, x):
        return self.inner(x) * self.gain



def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    optimizer = torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )
    around = Around(net, 1 / ratio)
    for _ in range(10):
        x, y = torch.randn(32, 8), torch.randn(32, 4)
        loss = torch.nn.functional.mse_loss(around(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


# row leave.weight: role output, a 1, b 1, c 1
# MUP302: nothing
# MUP305 at most: leave.weight
# verdict at most: trivial
