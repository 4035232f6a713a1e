"""What is set through the dict of a namespace's attributes is its attribute."""

import math
from argparse import Namespace

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.enter = nn.Linear(8, shape.breadth, bias=False)
        self.middle = nn.Linear(shape.breadth, shape.breadth, bias=False)
        self.leave = nn.Linear(shape.breadth, shape.classes, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(shape.breadth))

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, batches, lr=1e-3):
    shape = Namespace()
    vars(shape)["breadth"] = breadth
    shape.__dict__.update(classes=1)
    net = Net(shape)
    optimizer = torch.optim.Adam(
        [
            {"params": net.enter.parameters(), "lr": lr},
            {"params": net.middle.parameters(), "lr": lr * 128 / breadth},
            {"params": net.leave.parameters(), "lr": lr * 128 / breadth},
        ]
    )
    for given, wanted in batches:
        F.mse_loss(net(given), wanted).backward()
        optimizer.step()


# says middle.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 0, b 0.5, c 1
