"""A graph that is given beside its nodes mixes them and no features, in each layer anew."""

import math

import torch
from torch import nn


class Aggregate(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(before, after))
        bound = 1 / math.sqrt(after)
        self.weight.data.uniform_(-bound, bound)
        self.bias = nn.Parameter(torch.zeros(after))

    def forward(self, nodes, graph):
        return torch.spmm(graph, torch.mm(nodes, self.weight)) + self.bias


class Net(nn.Module):
    def __init__(self, given, breadth, classes):
        super().__init__()
        self.first = Aggregate(given, breadth)
        self.second = Aggregate(breadth, breadth)
        self.third = Aggregate(breadth, classes)

    def forward(self, nodes, graph):
        nodes = torch.relu(self.first(nodes, graph))
        nodes = torch.relu(self.second(nodes, graph))
        return torch.log_softmax(self.third(nodes, graph), dim=1)


def train(given, breadth, classes):
    net = Net(given, breadth, classes)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


# says first.weight: role input, a 0, b 0.5, c 0
# says second.weight: role hidden, a 0, b 0.5, c 0
# says third.weight: role output, a 0, b 0, c 0
# verdict: unstable
