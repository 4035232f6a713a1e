"""The first pattern that is found decides the factor."""

import re

import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.layers = nn.ModuleList([nn.Linear(breadth, breadth, bias=False) for _ in range(3)])
        self.leave = nn.Linear(breadth, 3, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, x):
        h = torch.tanh(self.enter(x))
        for layer in self.layers:
            h = torch.tanh(layer(h))
        return self.leave(h)


def rules(breadth, base=128):
    return [(r'layers\.\d+\.weight', base / breadth), (r'leave\.', base / breadth), (r'.*', 1.0)]


def prepare(breadth, pace=1e-3):
    net = Net(breadth)
    table = rules(breadth)
    buckets = [[] for _ in table]
    for name, parameter in net.named_parameters():
        for index, (pattern, _) in enumerate(table):
            if re.search(pattern, name):
                buckets[index].append(parameter)
                break
    groups = [{'params': bucket, 'lr': pace * factor} for bucket, (_, factor) in zip(buckets, table) if bucket]
    return torch.optim.AdamW(groups, lr=pace)

# says enter.weight: role input, a 0, b 0, c 0
# says layers.*.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 0, b zero, c 1
# no text: optimizer not found
