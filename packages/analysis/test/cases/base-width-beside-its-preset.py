"""The width that something was chosen at is a number, also where the model's width has that number unless it is given."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Settings:
    breadth: int = 768
    words: int = 1000


class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.breadth = settings.breadth
        self.table = nn.Embedding(settings.words, settings.breadth)
        self.mid = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.head = nn.Linear(settings.breadth, settings.words, bias=False)
        nn.init.normal_(self.mid.weight, std=0.02 * (768 / settings.breadth) ** 0.5)
        nn.init.normal_(self.head.weight, std=0.02)

    def forward(self, ids):
        return self.head(torch.relu(self.mid(self.table(ids))) * (768 / self.breadth))


settings = Settings()
net = Net(settings)
optimizer = torch.optim.Adam(
    [
        {"params": net.mid.parameters(), "lr": 1e-3 * 768 / settings.breadth},
        {"params": [net.table.weight, net.head.weight], "lr": 1e-3},
    ]
)


# says mid.weight: role hidden, a 0, b 0.5, c 1
# says head.weight: role output, a 1, b 0, c 0
# verdict: feature-learning
