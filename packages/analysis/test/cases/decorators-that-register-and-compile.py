"""Decorators that libraries are known for leave what they are put on."""

import math
import torch
from diffusers.configuration_utils import register_to_config
from mmengine.registry import MODELS
from transformers.utils import can_return_tuple
from torch import nn


@MODELS.register_module()
class Net(nn.Module):
    @register_to_config
    def __init__(self, breadth):
        super().__init__()
        self.enter = nn.Linear(8, breadth, bias=False)
        self.middle = nn.Linear(breadth, breadth, bias=False)
        self.leave = nn.Linear(breadth, 1, bias=False)
        nn.init.normal_(self.middle.weight, std=1 / math.sqrt(breadth))
        nn.init.normal_(self.leave.weight, std=1 / breadth)

    @torch.compile
    @can_return_tuple
    def forward(self, x):
        return self.leave(torch.tanh(self.middle(torch.tanh(self.enter(x)))))


def train(breadth, base=128, lr=1e-3):
    ratio = breadth / base
    net = Net(breadth)
    return torch.optim.Adam(
        [
            {"params": [net.enter.weight], "lr": lr},
            {"params": [net.middle.weight, net.leave.weight], "lr": lr / ratio},
        ]
    )


# says middle.weight: role hidden, a 0, b 0.5, c 1
# says leave.weight: role output, a 0, b 1, c 1
# verdict: feature-learning
