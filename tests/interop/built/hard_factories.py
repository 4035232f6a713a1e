"""Factories that a user may have, and that do not do what is expected of them."""

import os
import socket
import sys
import time

import torch
from torch import nn

from guarded_model import Guarded


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width, bias=False)


def ignores_width(width):
    return Net(64)


def trains_ignoring_width(width):
    model = nn.Linear(8, 8)
    return model, None, (torch.randn(4, 8), None), torch.optim.SGD(model.parameters(), lr=0.1)


def prints(width):
    print("{\"event\": \"width\"}")
    os.system("echo from a child")
    return Net(width)


def reads_input(width):
    input("how many layers? ")
    return Net(width)


def asks_for_cuda(width):
    return Net(width).to("cuda")


def fills_gpu(width):
    torch.cuda.is_available = lambda: True
    raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.18 GiB.")


def never_returns(width):
    while True:
        time.sleep(1)


def leaves_interpreter(width):
    sys.exit(7)


def kills_interpreter(width):
    if width > 128:
        os.abort()
    return Net(width)


def wants_memory(width):
    if width > 128:
        torch.zeros(10 ** 13)
    return Net(width)


def asks_network(width):
    socket.create_connection(("192.0.2.1", 80), timeout=5)


def odd_width(width):
    if width % 96 != 0:
        raise ValueError("width %d is not divisible by 96" % width)
    return Net(width)


def asserts_elsewhere(width):
    return Guarded(width)


def returns_nothing(width):
    Net(width)


def lazy(width):
    return nn.LazyLinear(width)


def lazy_with_batch(width):
    return nn.LazyLinear(width, bias=False), None, (torch.zeros(4, width), None)


def on_meta(width):
    with torch.device("meta"):
        return Net(width)


class Odd(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.complex = nn.Parameter(torch.randn(width, width, dtype=torch.complex64))
        self.counts = nn.Parameter(torch.ones(width, dtype=torch.int64), requires_grad=False)
        self.broken = nn.Parameter(torch.full((width, width), float("nan")))
        self.rounded = nn.Parameter(torch.randn(width, width, dtype=torch.bfloat16))
        self.one = nn.Parameter(torch.tensor(1.0))
        self.nothing = nn.Parameter(torch.empty(0))
        self.cls = nn.Parameter(torch.zeros(1, 1, width))
        self.table = nn.Parameter(torch.randn(16, width))
        self.experts = nn.Parameter(torch.randn(4, width, width) * width ** -0.5)


def odd_parameters(width):
    net = Odd(width)
    return net, None, None, torch.optim.SGD(net.parameters(), lr=0.1)


def tied_in_two_groups(width):
    net = nn.ModuleDict({"embedding": nn.Embedding(50, width), "head": nn.Linear(width, 50, bias=False),
                         "fc": nn.Linear(width, width, bias=False)})
    net["head"].weight = net["embedding"].weight
    optimizers = [torch.optim.AdamW(net["embedding"].parameters(), lr=1e-3),
                  torch.optim.SGD(net["head"].parameters(), lr=1e-3)]
    return net, None, None, optimizers


class Tied(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embedding, self.norm = nn.Embedding(50, width), nn.LayerNorm(width)
        self.head = nn.Linear(width, 50, bias=False)
        self.head.weight = self.embedding.weight
        nn.init.normal_(self.embedding.weight, std=0.02)

    def forward(self, tokens):
        return self.head(self.norm(self.embedding(tokens)))


def tied_readout(width):
    net = Tied(width)
    return net, None, None, torch.optim.AdamW(net.parameters(), lr=1e-3)


def wants_closure(width):
    net = Net(width)
    return net, None, None, torch.optim.LBFGS(net.parameters())


def compiled(width):
    net = torch.compile(Net(width))
    return net, None, None, torch.optim.AdamW(net.parameters())


class Regression(Net):
    def forward(self, x):
        return self.fc(x)


def trained(width, model=None):
    model = model or Regression(width)
    batch = torch.ones(4, width), torch.zeros(4, width)
    return model, nn.functional.mse_loss, batch, torch.optim.SGD(model.parameters(), lr=0.1)


def ends_when_wide(width):
    if width > 32:
        os.abort()
    return trained(width)


def trains_beyond_memory(width):
    """At the widest a step needs more memory than any machine has."""
    model, loss, batch, optimizer = trained(width)
    hungry = lambda output, targets: output.mean() + torch.zeros(10 ** 13).mean()
    return model, hungry if width > 32 else loss, batch, optimizer


class Autocast(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = Regression(width)

    def forward(self, x):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self.inner(x)


def computes_in_half(width):
    model, _, batch, optimizer = trained(width, Autocast(width))
    return model, lambda output, targets: (output.float() - targets).pow(2).mean(), batch, optimizer


class Attention(nn.Module):
    """One head, whose scale stands at the queries or at the logits."""

    def __init__(self, width, at_queries):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(width, width, bias=False) for _ in range(3))
        self.scale, self.at_queries = 1 / width, at_queries

    def forward(self, x):
        query = self.query(x) * self.scale if self.at_queries else self.query(x)
        logits = torch.einsum("iw,jw->ij", query.view(-1, query.shape[-1]), self.key(x))
        logits = logits if self.at_queries else logits * self.scale
        return logits.softmax(-1) @ self.value(x)


def scales_queries(width):
    return trained(width, Attention(width, True))


def scales_logits(width):
    return trained(width, Attention(width, False))


class Dropping(Regression):
    """Its name makes it no dropout: it stays in training."""

    def forward(self, x):
        return super().forward(nn.functional.dropout(x, 0.5, self.training))


def drops(width):
    return trained(width, Dropping(width))


def not_finite(width):
    model, _, batch, optimizer = trained(width)
    return model, lambda output, _: output.mean() * float("nan"), batch, optimizer


def steps_too_far(width):
    """What a step makes is finite, and its squares are not."""
    model, loss, batch, _ = trained(width)
    return model, loss, batch, torch.optim.Adam(model.parameters(), lr=1e30)


def not_finite_when_wide(width):
    return not_finite(width) if width > 32 else trained(width)


def frozen(width):
    return trained(width, Regression(width).requires_grad_(False))


def of_another_copy(width):
    return (Regression(width), *trained(width)[1:])


def batch_for_loss(width):
    model, loss, batch, optimizer = trained(width)
    return model, batch, loss, optimizer


def in_half(width):
    return trained(width, Regression(width).to(torch.bfloat16))


class Halved(nn.Linear):
    def forward(self, x):
        return super().forward(x) / 2


def on_usual_device(width, usual="meta"):
    """The device that tensors are made on unless they say another; of two that a machine has the second may be a GPU."""
    torch.set_default_device(usual)
    model = nn.Sequential(nn.Linear(8, width, device="cpu"), nn.ReLU(), Halved(width, 4, device="cpu"))
    batch = torch.ones(4, 8, device="cpu"), torch.zeros(4, 4, device="cpu")
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    return model, lambda output, targets: (output - targets).pow(2).mean(), batch, optimizer


def on_only_device(width):
    return on_usual_device(width, usual="cpu")
