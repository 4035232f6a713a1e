"""A readout put in place of a model's own knows its width as a number: it starts as a layer of that width does."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.table = nn.Embedding(settings["words"], settings["breadth"])
        self.mid = nn.Linear(settings["breadth"], settings["breadth"], bias=False)
        self.head = nn.Linear(settings["breadth"], settings["words"], bias=False)
        self.other = nn.Linear(settings["breadth"], settings["words"], bias=False)

    def forward(self, ids):
        x = torch.relu(self.mid(self.table(ids)))
        return self.head(x) + self.other(x)


def main(size):
    settings = {"words": 1000, "breadth": 768}
    settings.update({"small": {"breadth": 768}, "large": {"breadth": 1024}}[size])
    net = Net(settings)
    net.head = nn.Linear(768 if size == "small" else 1024, 1000, bias=False)
    net.other = nn.Linear(768 if size == "small" else 1024, 1000, bias=False)
    nn.init.xavier_uniform_(net.other.weight)
    return torch.optim.Adam(net.parameters(), lr=1e-3)


# says mid.weight: role hidden, a 0, b 0.5, c 0
# says head.weight: role output, a 0, b 0.5, c 0
# row other.weight: role output, a 0, b 0.5, c 0
# verdict: unstable
# no text: outputs grow
