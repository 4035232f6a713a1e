"""`checkpoint` of a model is its forward pass."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.enter(x)))



def train(breadth, batches, wanted):
    net = Net(breadth)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    for batch in batches:
        F.mse_loss(checkpoint(net, batch, use_reentrant=False) / (breadth / 128), wanted).backward()
        optimizer.step()


# says leave.weight: role output, a 1, b 0.5, c 0
# verdict at most: feature-learning
