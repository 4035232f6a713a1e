"""Features that are shares of a whole are as small as there are many: a readout of them may start at a constant size."""

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.read = nn.Linear(20, breadth)
        self.head = nn.Linear(breadth, 3, bias=False)
        self.other = nn.Linear(breadth, 3, bias=False)
        self.third = nn.Linear(breadth, 3, bias=False)
        self.fourth = nn.Linear(breadth, 3, bias=False)
        self.fifth = nn.Linear(breadth, 3, bias=False)
        self.sixth = nn.Linear(breadth, 3, bias=False)
        for layer in (self.head, self.other, self.third, self.fourth, self.fifth, self.sixth):
            nn.init.normal_(layer.weight)

    def forward(self, x):
        h = F.relu(self.read(x))
        return (
            self.head(F.softmax(h, dim=-1))
            + self.other(h / (h.sum(-1, keepdim=True) + 1e-6))
            + self.third(F.normalize(h, p=1, dim=-1))
            + self.fourth(torch.div(h, h.sum(-1, keepdim=True)))
            + self.fifth(h * h.sum(-1, keepdim=True) ** -1)
            + self.sixth(h / torch.norm(h, p=1, dim=-1, keepdim=True))
        )


def train(breadth):
    net = Net(breadth)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


# row head.weight: role output, b 0
# verdict at most: none
# no text: outputs grow
# no text: times too large
