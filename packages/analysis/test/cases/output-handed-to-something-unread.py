"""Code that is not read may multiply the output that it is handed before the loss."""

import torch
import torch.nn.functional as F
from elsewhere import adjusted
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
    optimizer = torch.optim.Adam(
        [
            {"params": [net.enter.weight, net.leave.weight], "lr": lr},
            {"params": [net.middle.weight], "lr": lr / ratio},
        ]
    )
    for given, wanted in batches:
        F.mse_loss(adjusted(net(given), breadth), wanted).backward()
        optimizer.step()


# says middle.weight: role hidden, a 0, b 0.5, c 1
# row leave.weight: role output, a 1, b 0, c 0
# MUP104: nothing
# MUP302: nothing
# verdict at most: feature-learning
