"""What another model makes of the output with weights of its own is that model's affair, and no factor on the output."""

import torch
import torch.nn.functional as F
from elsewhere import factor_for
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 4, bias=False)
        nn.init.normal_(self.leave.weight, std=0.02)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


class Probed(nn.Module):
    def __init__(self, inner, length):
        super().__init__()
        self.inner = inner
        self.key = nn.Linear(4, length)
        self.factor = factor_for(length)

    def forward(self, x):
        return torch.tanh(self.key(self.inner(x))) * self.factor


def train(breadth, length, batches, lr=1e-3):
    net = Net(breadth)
    probed = Probed(net, length)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for given, wanted in batches:
        F.mse_loss(probed(given), wanted).backward()
        optimizer.step()


# says leave.weight: role output, a 0, b 0, c 0
# MUP104: leave.weight
# verdict: unstable
