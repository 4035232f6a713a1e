"""A mixing of heads has the number of heads on both sides, which is no width."""

import math

import torch
import torch.nn.functional as F
from torch import nn

class Mixed(nn.Module):
    def __init__(self, breadth, heads=8):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(breadth, 3 * breadth, bias=False)
        self.proj = nn.Linear(breadth, breadth, bias=False)
        self.mix_heads = nn.Linear(heads, heads, bias=False)

    def forward(self, x):
        batch, places, size = x.shape
        q, k, v = self.qkv(x).reshape(batch, places, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        looks = q @ k.transpose(-2, -1) * (size // self.heads) ** -0.5
        looks = self.mix_heads(looks.permute(0, 2, 3, 1)).permute(0, 3, 1, 2).softmax(dim=-1)
        return self.proj((looks @ v).transpose(1, 2).reshape(batch, places, size))


class Net(nn.Module):
    def __init__(self, breadth, heads=8, depth=4):
        super().__init__()
        self.enter = nn.Conv2d(3, breadth, 16, 16)
        self.blocks = nn.ModuleList([Mixed(breadth, heads) for _ in range(depth)])
        self.leave = nn.Linear(breadth, 10, bias=False)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.trunc_normal_(layer.weight, std=0.02)

    def forward(self, image):
        x = self.enter(image).flatten(2).transpose(1, 2)
        for block in self.blocks:
            x = x + block(x)
        return self.leave(x.mean(1))

# row blocks.*.mix_heads.weight: role finite, a 0, b 0
# says blocks.*.qkv.weight: role hidden, b 0
# says blocks.*.proj.weight: role hidden, b 0
# says leave.weight: role output, b 0
# MUP101 at most: blocks.*.qkv.weight, blocks.*.proj.weight
