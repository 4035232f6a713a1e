"""A network of stages is made as the first call gives its table; other calls have other sizes and start alike."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, into, out, group, share):
        super().__init__()
        self.first = nn.Conv2d(into, out, 1, bias=False)
        self.second = nn.Conv2d(out, out, 3, padding=1, groups=out // group, bias=False)
        self.gate = nn.Conv2d(out, int(round(into * share)), 1)
        self.back = nn.Conv2d(int(round(into * share)), out, 1)

    def forward(self, x):
        x = torch.relu(self.first(x))
        x = torch.relu(self.second(x))
        pooled = nn.functional.adaptive_avg_pool2d(x, (1, 1))
        return x * torch.sigmoid(self.back(torch.relu(self.gate(pooled))))


class Net(nn.Module):
    def __init__(self, table, answers=10):
        super().__init__()
        self.table = table
        self.enter = nn.Conv2d(3, 28, 3, padding=1, bias=False)
        self.stages = self.make(28)
        self.leave = nn.Linear(table["widths"][-1], answers)

    def make(self, into):
        parts = []
        columns = [self.table[key] for key in ["widths", "depths"]]
        blocks = sum(self.table["depths"])
        for width, depth in zip(*columns):
            for _ in [1] + [1] * (depth - 1):
                parts.append(Block(into, width, self.table["group"], 0.25))
                into = width
        self.share = 1 / blocks
        return nn.Sequential(*parts)

    def forward(self, image):
        x = self.stages(torch.relu(self.enter(image)))
        return self.leave(x.mean((2, 3)))


def small():
    return Net({"widths": [32, 48], "depths": [1, 2], "group": 8})


def large():
    return Net({"widths": [80, 160], "depths": [2, 2], "group": 16})


# says enter.weight: role input, a 0, b 0
# says stages.0.first.weight: role hidden, a 0, b 0.5
# says stages.0.second.weight: role input, a 0, b 0
# says stages.1.gate.weight: role hidden, a 0, b 0.5
# says stages.1.back.weight: role hidden, a 0, b 0.5
# says stages.*.second.weight: role input, a 0, b 0
# says leave.weight: role output, a 0, b 0.5
# says leave.bias: role finite, b 0.5
# assumes: it is made with `table['widths'] = [32, 48]`, `table['depths'] = [1, 2]`, `table['group'] = 8`.
# MUP101: nothing
