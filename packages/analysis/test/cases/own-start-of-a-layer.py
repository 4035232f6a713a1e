"""A layer's constructor starts its weights by the method that an own class overrides."""

import torch
from torch import nn


class Gentle(nn.Linear):
    def reset_parameters(self):
        nn.init.trunc_normal_(self.weight, std=0.02)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class Net(nn.Module):
    def __init__(self, breadth, words=40):
        super().__init__()
        self.table = nn.Embedding(words, breadth)
        self.middle = Gentle(breadth, breadth)
        self.leave = Gentle(breadth, words, bias=False)

    def forward(self, tokens):
        return self.leave(torch.tanh(self.middle(self.table(tokens))))


def prepare(breadth):
    net = Net(breadth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says table.weight: role input, a 0, b 0, c 0
# says middle.weight: role hidden, a 0, b 0, c 0
# says leave.weight: role output, a 0, b 0, c 0
# MUP101: middle.weight
# MUP104: leave.weight
