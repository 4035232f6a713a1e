"""What is changed through a detached view is changed."""

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
        made = self.leave(torch.tanh(self.enter(x)))
        made.detach().mul_(128 / self.breadth)
        return made



def train(breadth, batches, wanted):
    net = Net(breadth)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for batch in batches:
        F.mse_loss(net(batch), wanted).backward()
        optimizer.step()


# row leave.weight: role output, a 1, b 0.5, c 0
# verdict at most: feature-learning
