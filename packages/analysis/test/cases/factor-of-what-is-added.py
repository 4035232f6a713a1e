"""What is added times a number is that much smaller: `alpha` and the weight of a blend are factors on the output."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.breadth = breadth
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 4, bias=False)
        self.aside = nn.Linear(breadth, 4, bias=False)

    def forward(self, x):
        h = torch.tanh(self.middle(torch.tanh(self.enter(x))))
        made = torch.zeros(4)
        made.add_(self.leave(h), alpha=1 / self.breadth)
        return torch.lerp(made, self.aside(h), 1 / self.breadth)


def train(breadth, lr=1e-3):
    return torch.optim.Adam(Net(breadth).parameters(), lr=lr)


# says leave.weight: a 1
# says aside.weight: a 1
# MUP302: nothing
