"""A uniform start from −100 to 100 has the standard deviation 57.7, not 100."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth)
        self.middle = nn.Linear(breadth, breadth)
        self.leave = nn.Linear(breadth, 2)
        for layer in (self.enter, self.middle, self.leave):
            nn.init.uniform_(layer.weight, -100, 100)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))

# says middle.weight: role hidden, a 0, b 0
# MUP101: middle.weight
# no text: std 100,
