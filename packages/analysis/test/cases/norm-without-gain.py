"""A normalization without gain has no weight."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.level = nn.LayerNorm(breadth, elementwise_affine=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.middle(self.level(self.enter(x)))))

# no row level.weight
# no row level.bias
# says enter.weight: role input, a 0, b 0
# says middle.weight: role hidden, a 0, b 0.5
# says leave.weight: role output, a 0, b 0.5
