"""A latent that a mean and its noise are added up to is no residual stream, and no width."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth=400, latent=20):
        super().__init__()
        self.read = nn.Linear(784, breadth)
        self.mean = nn.Linear(breadth, latent)
        self.spread = nn.Linear(breadth, latent)
        self.back = nn.Linear(latent, breadth)
        self.write = nn.Linear(breadth, 784)
        nn.init.normal_(self.back.weight, std=0.1)

    def forward(self, x):
        h = F.relu(self.read(x))
        mean, spread = self.mean(h), self.spread(h)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * spread)
        return torch.sigmoid(self.write(F.relu(self.back(z)))), mean, spread


def train(breadth):
    net = Net(breadth)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


# row mean.weight: role output
# row back.weight: role input
# MUP101: nothing
# no text: preactivations grow
