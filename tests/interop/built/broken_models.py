"""One language model under μP, and the same broken in five ways; each break stands on one line, named in a comment."""

import torch
from torch import nn
from torch.nn import functional as F

BASE = 64
TOKENS = 8


class Attention(nn.Module):
    def __init__(self, width, scale):
        super().__init__()
        self.heads, self.scale = 2, scale
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x):
        rows, length, width = x.shape
        query, key, value = (layer(x).view(rows, length, self.heads, -1).transpose(1, 2)
                             for layer in (self.query, self.key, self.value))
        size = width // self.heads
        logits = query @ key.transpose(-2, -1) * self.scale(size)  # line: scale
        mask = torch.triu(torch.ones(length, length, dtype=torch.bool), 1)
        weights = logits.masked_fill(mask, float("-inf")).softmax(-1)
        return self.out((weights @ value).transpose(1, 2).reshape(rows, length, width))


class Block(nn.Module):
    def __init__(self, width, scale):
        super().__init__()
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, scale)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        x = x + self.attention(self.before(x))
        return x + self.down(F.gelu(self.up(self.after(x))))


class Model(nn.Module):
    def __init__(self, width, scale=lambda size: 6 / size, readout=lambda width: 4 / width, multiplier=lambda width: 1.0):
        super().__init__()
        self.embedding = nn.Embedding(TOKENS, width)
        self.blocks = nn.ModuleList([Block(width, scale) for _ in range(2)])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, TOKENS, bias=False)
        self.multiplier = multiplier(width)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features ** -0.5)
        nn.init.normal_(self.embedding.weight, std=0.5)
        nn.init.normal_(self.head.weight, std=readout(width))  # line: readout

    def forward(self, tokens):
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)) * self.multiplier


def batch():
    """One sentence, which says itself again: few rows, and something to learn."""
    tokens = torch.randint(0, TOKENS, (1, 8)).repeat(1, 2)
    return tokens, tokens.roll(-1, 1)


def loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def matrices(model):
    return [parameter for name, parameter in model.named_parameters() if parameter.ndim == 2 and "embedding" not in name]


def others(model):
    return [parameter for name, parameter in model.named_parameters() if parameter.ndim < 2 or "embedding" in name]


def with_adam(model, width, rate=4e-3):
    groups = [{"params": matrices(model), "lr": rate * BASE / width}, {"params": others(model), "lr": rate}]
    return torch.optim.Adam(groups)  # line: groups


def mup(width):
    model = Model(width)
    return model, loss, batch(), with_adam(model, width)


def sp_readout(width):
    model = Model(width, readout=lambda width: 4 * (BASE * width) ** -0.5)
    return model, loss, batch(), with_adam(model, width)


def moved(width):
    made = sp_readout(width)
    made[0].to(torch.float64)
    return made


def root_attention(width):
    model = Model(width, scale=lambda size: size ** -0.5)
    attention = [parameter for name, parameter in model.named_parameters() if "query" in name or "key" in name]
    rest = [parameter for parameter in matrices(model) if all(parameter is not other for other in attention)]
    rate = 4e-3
    groups = [{"params": rest, "lr": rate * BASE / width}, {"params": others(model) + attention, "lr": rate}]
    return model, loss, batch(), torch.optim.Adam(groups)  # line: attention


def one_rate(width):
    model = Model(width)
    return model, loss, batch(), torch.optim.Adam(model.parameters(), lr=1e-3)  # line: one


def no_multiplier(width):
    # With a multiplier of BASE / width this readout would be μP's.
    model = Model(width, readout=lambda width: 1 / BASE)
    groups = [{"params": [model.head.weight, *others(model)], "lr": 1e-3},
              {"params": [one for one in matrices(model) if one is not model.head.weight], "lr": 1e-3 * BASE / width}]
    return model, loss, batch(), torch.optim.Adam(groups)  # line: multiplier


def with_multiplier(width):
    model = Model(width, readout=lambda width: 1 / BASE, multiplier=lambda width: BASE / width)
    groups = [{"params": [model.head.weight, *others(model)], "lr": 4e-3},
              {"params": [one for one in matrices(model) if one is not model.head.weight], "lr": 4e-3 * BASE / width}]
    return model, loss, batch(), torch.optim.Adam(groups)


def embedding_under_muon(width):
    model = Model(width)
    hidden = [parameter for parameter in matrices(model) if parameter is not model.head.weight]
    muon = torch.optim.Muon([model.embedding.weight, *hidden], lr=0.02, weight_decay=0.0)  # line: muon
    rest = [one for one in others(model) if one is not model.embedding.weight]
    return model, loss, batch(), [muon, torch.optim.Adam([{"params": [model.head.weight], "lr": 4e-3 * BASE / width},
                                                          {"params": rest, "lr": 4e-3}])]
