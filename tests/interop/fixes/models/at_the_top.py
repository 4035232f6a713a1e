"""A script makes its model and one optimizer for all of it at its top, with a rate that suits neither hidden weights nor the readout."""

import torch
from torch import nn
from torch.optim import Adam


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(16, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, 10)

    def forward(self, x):
        return self.leave(torch.relu(self.middle(torch.relu(self.enter(x)))))


model = Net(64)
optimizer = Adam(model.parameters(), lr=1e-2)
