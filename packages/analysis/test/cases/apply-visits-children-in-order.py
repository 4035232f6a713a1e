"""A tied matrix has the values of the layer that `apply` visits last: children in their order, then their parent."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth, words=40):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, words, bias=False)
        self.leave.weight = self.table.weight
        self.apply(self.start)

    def start(self, module):
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=module.in_features**-0.5)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.02)

    def forward(self, tokens):
        return self.leave(torch.tanh(self.middle(self.table(tokens))))


# says table.weight: b 0.5
# says middle.weight: role hidden, a 0, b 0.5
