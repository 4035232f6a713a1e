"""The code gives a layer of the library another start: how its weights start is not read."""

import torch
from torch import nn


def gently(self):
    nn.init.normal_(self.weight, std=0.02)


nn.Linear.reset_parameters = gently


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3 / breadth)

# row middle.weight: role hidden, a 0, b 0, c 1
# row leave.weight: b 0, c 1
# verdict at most: unstable
