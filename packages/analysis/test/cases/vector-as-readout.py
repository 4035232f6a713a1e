"""A vector that features are multiplied with and summed up is a readout, however that is written."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.read = nn.Linear(20, breadth)
        self.mid = nn.Linear(breadth, breadth)
        self.out = nn.Parameter(torch.randn(breadth))

    def forward(self, x):
        h = torch.tanh(self.mid(torch.tanh(self.read(x))))
        return (h * self.out).sum(-1)


def train(breadth):
    net = Net(breadth)
    rest = [net.out, net.read.weight, net.read.bias, net.mid.bias]
    return torch.optim.Adam([{"params": [net.mid.weight], "lr": 1e-3 * 64 / breadth}, {"params": rest, "lr": 1e-3}])


# says mid.weight: role hidden, a 0, b 0.5, c 1
# wants out: b 1, c 1
# verdict: unstable
