"""A size of a configuration that is None unless it is given is what the code computes instead, rounding and all."""

from dataclasses import dataclass
from typing import Optional

import torch.nn.functional as F
from torch import nn


@dataclass
class Settings:
    breadth: int = 512
    inner: Optional[int] = None
    round_to: int = 256
    words: int = 1000


class Gated(nn.Module):
    def __init__(self, breadth, inner, round_to):
        super().__init__()
        if inner is None:
            inner = int(2 * (4 * breadth) / 3)
            inner = round_to * ((inner + round_to - 1) // round_to)
        self.gate = nn.Linear(breadth, inner, bias=False)
        self.up = nn.Linear(breadth, inner, bias=False)
        self.down = nn.Linear(inner, breadth, bias=False)

    def forward(self, x):
        return self.down(F.silu(self.gate(x)) * self.up(x))


class Net(nn.Module):
    def __init__(self, settings: Settings):
        super().__init__()
        self.table = nn.Embedding(settings.words, settings.breadth)
        self.block = Gated(settings.breadth, settings.inner, settings.round_to)
        self.head = nn.Linear(settings.breadth, settings.words, bias=False)

    def forward(self, ids):
        x = self.table(ids)
        return self.head(x + self.block(x))


# says block.gate.weight: role hidden, a 0, b 0.5
# says block.up.weight: role hidden, a 0, b 0.5
# says block.down.weight: role hidden, a 0, b 0.5
# says head.weight: role output, a 0, b 0.5
