"""Every gradient is multiplied by the width before SGD uses it."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.normal_(self.middle.weight, std=0.1)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        return self.leave(torch.tanh(self.middle(h)))


def fit(breadth, batches):
    net = Net(breadth)
    descent = torch.optim.SGD(net.parameters(), lr=0.1)
    for x, y in batches:
        descent.zero_grad()
        F.mse_loss(net(x), y).backward()
        for p in net.parameters():
            p.grad *= breadth
        descent.step()

# row enter.weight: role input, a 0, b 0, c -1
# row middle.weight: role hidden, a 0, b 0, c -1
# row leave.weight: role output, a 0, b 0.5, c -1
