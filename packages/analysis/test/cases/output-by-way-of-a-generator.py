"""What a generator gives of the outputs of a model has any size."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.enter(x)))


def parts(net, batches, ratio):
    for batch in batches:
        yield net(batch) / ratio


def train(breadth, batches, wanted):
    net = Net(breadth)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for part in parts(net, batches, breadth / 128):
        F.mse_loss(part, wanted).backward()
        optimizer.step()


# row leave.weight: role output, a 1, b 0.5, c 0
# verdict at most: feature-learning
