"""A list of name parts decides, and the readout is not on it."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Net(nn.Module):
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(12, breadth, bias=False)
        self.in_proj = nn.Linear(breadth, breadth, bias=False)
        self.out_proj = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 3, bias=False)

    def forward(self, x):
        h = torch.tanh(self.in_proj(torch.tanh(self.enter(x))))
        return self.leave(torch.tanh(self.out_proj(h)))


def prepare(breadth, base, pace):
    net = Net(breadth)
    listed = ['in_proj', 'out_proj', 'w12']
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    scaled = [p for n, p in named if any(part in n for part in listed)]
    plain = [p for n, p in named if not any(part in n for part in listed)]
    return torch.optim.AdamW([{'params': plain}, {'params': scaled, 'lr': pace * base / breadth}], lr=pace)

# says enter.weight: role input, a 0, b 0, c 0
# says in_proj.weight: role hidden, a 0, b 0.5, c 1
# says out_proj.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 0, b 0.5, c 0
