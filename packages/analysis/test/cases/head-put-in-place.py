"""Of a layer in whose place the training code puts a module of its own nothing is said."""

import torch
from torch import nn


class Divided(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.inner = nn.Linear(n, 1, bias=False)
        self.n = n
        nn.init.ones_(self.inner.weight)

    def forward(self, x):
        return self.inner(x) / self.n


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    net.leave = Divided(breadth)
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, *net.leave.parameters()], "lr": lr / ratio},
        ]
    )


# row middle.weight: role hidden, c 1
# no row leave.weight
# verdict at most: feature-learning
