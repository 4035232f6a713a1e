"""What a soft cap bounds is not said to grow."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width, cap=30.0):
        super().__init__()
        self.enter = nn.Linear(20, width, bias=False)
        self.mix = nn.Linear(width, width, bias=False)
        self.leave = nn.Linear(width, 3, bias=False)
        nn.init.normal_(self.enter.weight)
        nn.init.normal_(self.leave.weight, std=0.02)
        self.cap = cap

    def forward(self, x):
        x = self.leave(torch.relu(self.mix(torch.relu(self.enter(x)))))
        return self.cap * torch.tanh(x / self.cap)


def configure(width):
    return torch.optim.Adam(Net(width).parameters(), lr=1e-3)


# says leave.weight: role output, b 0
# MUP104: leave.weight
# no text: outputs grow
