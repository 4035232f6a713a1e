"""Where the loss is taken of what parts of a model make, its forward pass says nothing of the factor on its output."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.leave.weight, std=0.02)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, batches, base=128, lr=1e-3):
    net = Net(breadth)
    ratio = breadth / base
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for given, wanted in batches:
        features = torch.tanh(net.middle(torch.tanh(net.enter(given))))
        F.mse_loss(net.leave(features) / ratio, wanted).backward()
        optimizer.step()


# row leave.weight: role output, a 1, b 0, c 0
# MUP104: nothing
# MUP302: nothing
