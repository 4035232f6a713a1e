"""What is returned in the fields of an object is the output, and embeddings that may be given have the model's own width."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Given:
    logits: torch.Tensor = None
    states: torch.Tensor = None


class Gain(nn.Module):
    def __init__(self, breadth, eps=1e-6):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(breadth))
        self.eps = eps

    def forward(self, x):
        mean = x.pow(2).mean(-1, keepdim=True)
        return self.gain * (x * torch.rsqrt(mean + self.eps))


class Block(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.norm = Gain(breadth)
        self.up = nn.Linear(breadth, 4 * breadth, bias=False)
        self.down = nn.Linear(4 * breadth, breadth, bias=False)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(self.norm(x))))


class Net(nn.Module):
    def __init__(self, words, breadth, depth):
        super().__init__()
        self.depth = depth
        self.table = nn.Embedding(words, breadth)
        self.blocks = nn.ModuleList([Block(breadth) for _ in range(depth)])
        self.norm = Gain(breadth)
        self.head = nn.Linear(breadth, words, bias=False)

    def forward(self, ids=None, embedded=None):
        if embedded is None:
            embedded = self.table(ids)
        states = embedded
        for block in self.blocks[: self.depth]:
            states = block(states)
        states = self.norm(states)
        return Given(logits=self.head(states), states=states)


def prepare(words, breadth, depth):
    net = Net(words, breadth, depth)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)

# says table.weight: role input, a 0, b 0, c 0
# says blocks.*.norm.gain: role input, a 0, b 0, c 0
# says blocks.*.up.weight: role hidden, a 0, b 0.5, c 0
# says blocks.*.down.weight: role hidden, a 0, b 0.5, c 0
# says head.weight: role output, a 0, b 0.5, c 0
# verdict: unstable
