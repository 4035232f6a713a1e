"""Of a size that is a number inside a model with a width, it is not known whether it would grow."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.narrow = nn.Linear(breadth, 64, bias=False)
        self.leave = nn.Linear(64, 3, bias=False)

    def forward(self, x):
        x = torch.relu(self.middle(torch.relu(self.enter(x))))
        return self.leave(torch.relu(self.narrow(x)))


# says enter.weight: role input, b 0
# says middle.weight: role hidden, b 0.5
# row narrow.weight: role hidden, b 0.5
# row leave.weight: role output, b 0.5
