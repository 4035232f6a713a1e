"""Networks under Adam whose best learning rate goes with the width as theory has it, or does not go."""

import torch
from torch import nn

DIMENSIONS = 16


def batch():
    """Targets that no width fits at once."""
    generator = torch.Generator().manual_seed(int(torch.randint(0, 1 << 30, (1,))))
    inputs = torch.randn(64, DIMENSIONS, generator=generator)
    targets = torch.sin(inputs[:, :1] * 2 + inputs[:, 1:2] * inputs[:, 2:3])
    return inputs, targets


def network(width):
    return nn.Sequential(nn.Linear(DIMENSIONS, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(),
                         nn.Linear(width, 1))


def standard(width):
    """One rate for all: what is stable falls with the width."""
    model = network(width)
    return model, nn.functional.mse_loss, batch(), torch.optim.Adam(model.parameters(), lr=1e-3)


def mup(width):
    """Of matrices that are summed over the width the rate is as 1 / width, and the readout starts smaller."""
    model = network(width)
    with torch.no_grad():
        model[4].weight.mul_((64 / width) ** 0.5)
    wide = [model[2].weight, model[4].weight]
    others = [model[0].weight, model[0].bias, model[2].bias, model[4].bias]
    groups = [{"params": wide, "lr": 1e-3 * 64 / width}, {"params": others, "lr": 1e-3}]
    return model, nn.functional.mse_loss, batch(), torch.optim.Adam(groups)
