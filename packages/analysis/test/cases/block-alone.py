"""A block whose outer size is open: nothing says that its two matrices are an input and an output."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Gate(nn.Module):
    def __init__(self, breadth, inner):
        super().__init__()
        self.up = nn.Linear(breadth, inner, bias=False)
        self.down = nn.Linear(inner, breadth, bias=False)
        nn.init.normal_(self.up.weight, std=0.02)
        nn.init.normal_(self.down.weight, std=0.02)

    def forward(self, x):
        return self.down(F.silu(self.up(x)))

# row up.weight: role hidden, a 0, b 0
# row down.weight: role hidden, a 0, b 0
