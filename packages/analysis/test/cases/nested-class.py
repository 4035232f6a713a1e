"""A layer class that stands inside the model class."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    class Part(nn.Module):
        def __init__(self, breadth):
            super().__init__()
            self.mix = nn.Linear(breadth, breadth, bias=False)
            nn.init.normal_(self.mix.weight, std=0.02)

        def forward(self, h):
            return self.mix(h)

    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.part = Net.Part(breadth)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        return self.leave(torch.tanh(self.part(torch.tanh(self.enter(x)))))

# says enter.weight: role input, a 0, b 0
# says part.mix.weight: role hidden, a 0, b 0
# says leave.weight: role output, a 0, b 0.5
# MUP101: part.mix.weight
