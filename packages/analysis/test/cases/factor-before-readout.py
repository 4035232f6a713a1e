"""A factor in front of the readout is the readout's, also right behind a block: what the block ends in is hidden."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, words, breadth):
        super().__init__()
        self.breadth = breadth
        self.table = nn.Embedding(words, breadth)
        self.norm = nn.LayerNorm(breadth)
        self.up = nn.Linear(breadth, breadth)
        self.down = nn.Linear(breadth, breadth)
        self.head = nn.Linear(breadth, words, bias=False)
        nn.init.normal_(self.head.weight)

    def forward(self, ids):
        x = self.table(ids)
        x = x + self.down(torch.tanh(self.up(self.norm(x))))
        return self.head(x * (64 / self.breadth))


def train(words, breadth):
    net = Net(words, breadth)
    inner = [net.up.weight, net.down.weight]
    outer = [net.table.weight, net.norm.weight, net.norm.bias, net.up.bias, net.down.bias, net.head.weight]
    return torch.optim.Adam([{"params": inner, "lr": 1e-3 * 64 / breadth}, {"params": outer, "lr": 1e-3}])


# says up.weight: role hidden, a 0, b 0.5, c 1
# says down.weight: role hidden, a 0, b 0.5, c 1
# says head.weight: role output, a 1, b 0, c 0
# verdict: feature-learning
# no text: shrink
