"""Networks written with microsoft/mup, as factories; as a program, what `mup.coord_check` says of the same ones.

    python mup_networks.py FACTORY WIDTHS SEEDS STEPS   prints {"width module seed": [mean |y| at each step]}
"""

import sys

import torch
from beside_mup import print_sizes
from mup import MuAdam, MuReadout, set_base_shapes
from torch import nn
from torch.nn import functional as F

CLASSES, LENGTH = 10, 8


class Perceptron(nn.Module):
    """As in mup's example `MLP`: tanh, two hidden layers, a readout of zeros' size at first."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(32, width)
        self.second = nn.Linear(width, width)
        self.readout = MuReadout(width, CLASSES, bias=False)

    def forward(self, x):
        return self.readout(torch.tanh(self.second(torch.tanh(self.first(x)))))


class Transformer(nn.Module):
    """As in mup's example `Transformer`: attention by the size of a head, one block."""

    def __init__(self, width):
        super().__init__()
        self.embedding = nn.Embedding(CLASSES, width)
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.readout = MuReadout(width, CLASSES)

    def forward(self, tokens):
        x = self.embedding(tokens)
        h = self.before(x)
        logits = self.query(h) @ self.key(h).transpose(-2, -1) / h.shape[-1]
        x = x + F.softmax(logits, -1) @ self.value(h)
        return self.readout(x + self.down(F.relu(self.up(self.after(x)))))


class Residual(nn.Module):
    """As in mup's example `ResNet`: convolutions and batch norms, one block with a shortcut, a readout of means."""

    def __init__(self, width):
        super().__init__()
        self.first, self.one, self.two = (nn.Conv2d(into, width, 3, padding=1, bias=False) for into in (3, width, width))
        self.norm, self.before, self.after = (nn.BatchNorm2d(width) for _ in range(3))
        self.readout = MuReadout(width, CLASSES)

    def forward(self, x):
        x = F.relu(self.norm(self.first(x)))
        h = self.after(self.two(F.relu(self.before(self.one(x)))))
        return self.readout(F.relu(x + h).mean((2, 3)))


def scaled(network, width):
    model = network(width)
    set_base_shapes(model, network(32), delta=network(48))
    return model


def images():
    generator = torch.Generator().manual_seed(0)
    return torch.randn(8, 32, generator=generator), torch.randint(0, CLASSES, (8,), generator=generator)


def pictures():
    generator = torch.Generator().manual_seed(0)
    return torch.randn(4, 3, 6, 6, generator=generator), torch.randint(0, CLASSES, (4,), generator=generator)


def sentences():
    generator = torch.Generator().manual_seed(0)
    tokens = torch.randint(0, CLASSES, (2, LENGTH), generator=generator)
    return tokens, tokens.roll(-1, 1)


def loss(output, targets):
    return F.cross_entropy(output.reshape(-1, output.shape[-1]), targets.reshape(-1))


def factory(network, batch):
    def make(width):
        model = scaled(network, width)
        return model, loss, batch(), MuAdam(model.parameters(), lr=1e-3)

    return make


perceptron, transformer = factory(Perceptron, images), factory(Transformer, sentences)
residual = factory(Residual, pictures)


if __name__ == "__main__":
    network, made = {"perceptron": (Perceptron, images), "transformer": (Transformer, sentences),
                     "residual": (Residual, pictures)}[sys.argv[1]]
    print_sizes(sys.argv[2:], lambda width: scaled(network, width), made(), optimizer="adam", lr=1e-3, lossfn="xent")
