"""An own layer stores its weight as (in, out), and its bound is that of the fan-out (measured 0.50, 0.50, 0.01)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Spread(nn.Module):
    def __init__(self, given, made):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(given, made))
        bound = 1.0 / math.sqrt(self.kernel.size(1))
        self.kernel.data.uniform_(-bound, bound)

    def forward(self, x):
        return torch.mm(x, self.kernel)


class Net(nn.Module):
    def __init__(self, features, breadth, classes):
        super().__init__()
        self.one = Spread(features, breadth)
        self.two = Spread(breadth, breadth)
        self.three = Spread(breadth, classes)

    def forward(self, x):
        return self.three(torch.relu(self.two(torch.relu(self.one(x)))))


net = Net(1433, 64, 7)
descent = torch.optim.Adam(net.parameters(), lr=0.01)

# row one.kernel: role input, a 0, b 0.5, c 0
# row two.kernel: role hidden, a 0, b 0.5, c 0
# row three.kernel: role output, a 0, b 0, c 0
# MUP101: nothing
