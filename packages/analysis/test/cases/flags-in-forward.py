"""Two flags that are tested twice in forward do not hide the width."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        self.table = nn.Embedding(settings.words, settings.breadth)
        self.one = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.two = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.leave = nn.Linear(settings.breadth, settings.words, bias=False)
        nn.init.normal_(self.one.weight, std=0.02)

    def forward(self, tokens):
        h = self.table(tokens)
        if self.settings.soft:
            h = torch.tanh(self.one(h))
        else:
            h = torch.relu(self.one(h))
        if self.settings.fast:
            h = torch.tanh(self.two(h))
        else:
            h = torch.relu(self.two(h))
        if self.settings.scaled:
            return self.leave(h) / self.settings.factor
        return self.leave(h)

# says table.weight: role input, b 0
# says one.weight: role hidden, b 0
# says two.weight: role hidden, b 0.5
# says leave.weight: role output, b 0.5
# MUP101: one.weight
