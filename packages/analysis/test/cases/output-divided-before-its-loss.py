"""What the training code divides an output by before the loss is its multiplier."""

import math
import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
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
        guess = net(given)
        guess = guess / ratio
        F.mse_loss(guess, wanted).backward()
        optimizer.step()


# says leave.weight: role output, a 1, b 0, c 0
# wants leave.weight: a 1, b 0, c 0
# MUP104: nothing
# MUP302: nothing
# verdict: feature-learning
