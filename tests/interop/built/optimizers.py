"""One network under optimizers whose step on a matrix is known; all at a rate that does not depend on the width."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(100, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 50, bias=False)


def with_optimizer(width, make):
    net = Net(width)
    return net, None, None, make(net)


def matrices(net):
    return [parameter for parameter in net.parameters() if parameter.ndim == 2]


def vectors(net):
    return [parameter for parameter in net.parameters() if parameter.ndim < 2]


def adamw(width):
    return with_optimizer(width, lambda net: torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.1))


def sgd(width):
    return with_optimizer(width, lambda net: torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=1e-2))


def adam_mup(width):
    """μP's rates and independent decay, in groups by hand."""
    def make(net):
        hidden = [net.up.weight, net.down.weight, net.head.weight]
        rest = [parameter for parameter in net.parameters() if all(parameter is not one for one in hidden)]
        return torch.optim.AdamW([
            {"params": hidden, "lr": 1e-3 * 64 / width, "weight_decay": 0.1 * width / 64},
            {"params": rest, "lr": 1e-3, "weight_decay": 0.1},
        ])
    return with_optimizer(width, make)


def muon(width, mode="original"):
    return with_optimizer(width, lambda net: [
        torch.optim.Muon(matrices(net), lr=0.02, weight_decay=0.0, adjust_lr_fn=mode),
        torch.optim.AdamW(vectors(net), lr=1e-3),
    ])


def muon_match(width):
    return muon(width, "match_rms_adamw")


def adafactor(width):
    return with_optimizer(width, lambda net: torch.optim.Adafactor(net.parameters(), lr=1e-2, weight_decay=0.0))


class SignWithOwnDecay(torch.optim.Optimizer):
    """Made by hand: moves by the sign of the gradient, and decays by what no group names."""

    def __init__(self, parameters):
        super().__init__(parameters, {"lr": 1e-3})
        self.shrink = 1e-3

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.mul_(1 - self.shrink).sub_(group["lr"] * parameter.grad.sign())


def by_hand(width):
    return with_optimizer(width, lambda net: SignWithOwnDecay(net.parameters()))


class OneSize(torch.optim.Optimizer):
    """Orthogonalizes by a few iterations, and gives the whole update one Frobenius norm, as nanochat's does."""

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for parameter in group["params"]:
                update = parameter.grad / (parameter.grad.norm() + 1e-12)
                for _ in range(5):
                    gram = update @ update.T
                    update = 3.4445 * update + (-4.775 * gram + 2.0315 * gram @ gram) @ update
                update *= min(update.shape) ** 0.5 / (update.norm() + 1e-12)
                parameter.sub_(group["lr"] * update)


def one_size(width):
    return with_optimizer(width, lambda net: OneSize(matrices(net), {"lr": 0.02}))


def with_warmup(width):
    net = Net(width)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3 * 64 / width)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, step / 100))
    return net, None, None, {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule}}


def adam_coupled(width):
    return with_optimizer(width, lambda net: torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=0.1))
