"""A setting that may come from a checkpoint leaves what the code shows of it as it is: a vocabulary does not grow."""

from dataclasses import dataclass

import torch
from torch import nn


@dataclass
class Settings:
    breadth: int = 256
    words: int = 50304


class Net(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.enter = nn.Embedding(settings.words, settings.breadth)
        self.middle = nn.Linear(settings.breadth, settings.breadth, bias=False)
        self.leave = nn.Linear(settings.breadth, settings.words, bias=False)
        nn.init.zeros_(self.leave.weight)

    def forward(self, ids):
        return self.leave(torch.relu(self.middle(self.enter(ids))))


def train(breadth, path, words):
    given = dict(breadth=breadth, words=None)
    if path is None:
        given["words"] = words if words is not None else 50304
    else:
        saved = torch.load(path)["settings"]
        for name in ["breadth", "words"]:
            given[name] = saved[name]
    net = Net(Settings(**given))
    wide = [net.middle.weight, net.leave.weight]
    groups = [{"params": wide, "lr": 1e-3 / given["breadth"]}, {"params": [net.enter.weight], "lr": 1e-3}]
    return torch.optim.Adam(groups)


# says enter.weight: role input, b 0, c 0
# row middle.weight: role hidden, b 0.5, c 1
# row leave.weight: role output, c 1
# MUP101: nothing
