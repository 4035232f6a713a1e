"""Models that nobody has built yet: one for each way in which code says what a network is made of."""

import argparse
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


class Plain(nn.Module):
    """Everything by keywords; two images in, as a flat vector."""

    def __init__(self, n, kinds=10):
        super().__init__()
        self.first, self.last = nn.Linear(784, n), nn.Linear(n, kinds)
        self.middle = nn.Linear(n, n)

    def forward(self, x):
        return self.last(F.relu(self.middle(F.relu(self.first(x.flatten(1))))))


def train_plain(flags):
    net = Plain(n=64).to(flags.device)
    groups = [
        {"params": [p for name, p in net.named_parameters() if name == "last.weight"], "lr": flags.lr * (64 / net.last.in_features)},
        {"params": [p for name, p in net.named_parameters() if name != "last.weight"]},
    ]
    return torch.optim.SGD(groups, lr=0.1, momentum=0.9)


@dataclass
class Settings:
    vocab_size: int = 50000
    context: int = 1024
    n_layer: int = 12
    n_head: int = 12
    n_embd: int = 768
    d_ff: int = 3072
    dropout: float = 0.1


class Language(nn.Module):
    """A dataclass of settings, an optimizer of its own, a loss where targets are given."""

    def __init__(self, settings):
        super().__init__()
        self.embedding = nn.Embedding(settings.vocab_size, settings.n_embd)
        layer = nn.TransformerEncoderLayer(settings.n_embd, settings.n_head, settings.d_ff, settings.dropout, batch_first=True)
        self.blocks = nn.TransformerEncoder(layer, settings.n_layer)
        self.head = nn.Linear(settings.n_embd, settings.vocab_size)

    def forward(self, tokens, targets=None):
        logits = self.head(self.blocks(self.embedding(tokens)))
        if targets is None:
            return logits, None
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten())

    def configure_optimizers(self, learning_rate, betas):
        return torch.optim.AdamW(self.parameters(), lr=learning_rate, betas=betas)


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hidden", type=int, default=512)
    parser.add_argument("--bias", action="store_true")
    return parser.parse_args()


class OfOptions(nn.Module):
    """What a command line says, as one object."""

    def __init__(self, opt):
        super().__init__()
        self.up = nn.Linear(16, opt.hidden, bias=opt.bias)
        self.down = nn.Linear(opt.hidden, 16)

    def forward(self, x):
        return self.down(F.gelu(self.up(x)))


class Diffusion(nn.Module):
    """Images, times and labels in, images out; its weights are started by a method that nobody has called."""

    def __init__(self, input_size=32, patch_size=2, in_channels=4, hidden_size=384, num_classes=1000):
        super().__init__()
        self.patches = nn.Conv2d(in_channels, hidden_size, patch_size, patch_size)
        self.labels, self.times = nn.Embedding(num_classes, hidden_size), nn.Linear(1, hidden_size)
        self.back = nn.ConvTranspose2d(hidden_size, in_channels, patch_size, patch_size)
        self.scale = nn.Parameter(torch.full((hidden_size,), float("nan")))

    def init_weights(self):
        nn.init.ones_(self.scale)

    def forward(self, x, t, y):
        moved = self.labels(y) + self.times(t[:, None])
        return self.back(self.patches(x) + (self.scale * moved)[:, :, None, None])


class Stubborn(nn.Module):
    """Wants something that nothing tells of."""

    def __init__(self, dim, backend):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        if backend != "triton":
            raise ValueError("the backend has to be triton")


class Careful(nn.Module):
    """Methods beside those that make something, which nobody called."""

    def __init__(self, config):
        super().__init__()
        self.first, self.last = nn.Linear(16, config.hidden), nn.Linear(config.hidden, 10)

    def forward(self, x):
        return self.last(F.relu(self.first(x)))

    @staticmethod
    def save_config():
        raise SystemExit("a configuration was saved")

    def load_optimizer(self):
        raise SystemExit("an optimizer was loaded")


class Worn(nn.Module):
    """Can be built three times."""

    built = 0

    def __init__(self, width):
        super().__init__()
        Worn.built += 1
        if Worn.built > 3:
            raise RuntimeError("it is worn out")
        self.first, self.last = nn.Linear(16, width), nn.Linear(width, 10)

    def forward(self, x):
        return self.last(F.relu(self.first(x)))


class Block(nn.Module):
    """A part of a network: it takes features as wide as it is, and gives such."""

    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return x + self.down(F.relu(self.up(x)))


class KeepsLoss(nn.Module):
    """Is handed targets, keeps the loss to itself and returns logits, of as many tokens as the first width that is tried."""

    def __init__(self, dim, vocab_size):
        super().__init__()
        self.embedding, self.head = nn.Embedding(vocab_size, dim), nn.Linear(dim, vocab_size)

    def forward(self, tokens, targets=None):
        logits = self.head(self.embedding(tokens))
        self.last_loss = None if targets is None else F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        return logits


class Layer(nn.Module):
    """One of the layers of Language: as deep whatever the configuration says."""

    def __init__(self, config: Settings):
        super().__init__()
        self.up = nn.Linear(config.n_embd, config.d_ff)
        self.down = nn.Linear(config.d_ff, config.n_embd)

    def forward(self, x):
        return x + self.down(torch.relu(self.up(x)))
