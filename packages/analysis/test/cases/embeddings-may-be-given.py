"""That the embedded tokens may be given in place of the tokens makes the width none of the data."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.table = nn.Embedding(settings.words, settings.breadth)
        self.middle = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.leave = nn.Linear(settings.breadth, settings.words, bias=False)
        nn.init.normal_(self.middle.weight, std=0.02)

    def forward(self, tokens=None, embedded=None):
        if embedded is None:
            embedded = self.table(tokens)
        return self.leave(torch.tanh(self.middle(embedded)))

# says table.weight: role input, a 0, b 0
# says middle.weight: role hidden, a 0, b 0
# says leave.weight: role output, a 0, b 0.5
# MUP101 at most: middle.weight
