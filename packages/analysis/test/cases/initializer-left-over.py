"""A constructor that initializes all matrices does so instead of a method that nobody calls any more."""

import torch
from torch import nn


def start(module):
    for part in module.modules():
        if isinstance(part, nn.Linear):
            nn.init.orthogonal_(part.weight)
        elif isinstance(part, nn.Embedding):
            nn.init.normal_(part.weight, std=1.0)


class Net(nn.Module):
    def __init__(self, words, breadth):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.mid = nn.Linear(breadth, breadth, bias=False)
        self.head = nn.Linear(breadth, words, bias=False)
        start(self)

    def _init_weights(self, module):
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(mean=0.0, std=0.01)
        if isinstance(module, nn.Embedding):
            module.weight.data.normal_(mean=0.0, std=1e-5)

    def forward(self, ids):
        return self.head(torch.relu(self.mid(self.table(ids))))


# says mid.weight: role hidden, a 0, b 0.5
# says head.weight: role output, a 0, b 0.5
# MUP101: nothing
# no text: _init_weights
