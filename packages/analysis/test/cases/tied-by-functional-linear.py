"""The readout is the table itself, applied by F.linear to features that are divided by the width."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, words, breadth):
        super().__init__()
        self.breadth = breadth
        self.table = nn.Embedding(words, breadth)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        nn.init.normal_(self.middle.weight, std=0.02)

    def forward(self, tokens):
        h = torch.relu(self.middle(self.table(tokens)))
        return F.linear(h / self.breadth, self.table.weight)


net = Net(800, 256)
descent = torch.optim.AdamW(net.parameters(), lr=1e-3)

# says table.weight: b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# MUP101: middle.weight
