"""A digit classifier that is tuned narrow and then trained wide.

Run it with `python model.py --width 1024`. The learning rate was found at width BASE_WIDTH.
"""

import argparse

import torch
from torch import nn

PIXELS = 64
CLASSES = 10
BASE_WIDTH = 128


class Classifier(nn.Module):
    """An MLP with three hidden layers of the same width."""

    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(PIXELS, width, bias=False)
        self.mix1 = nn.Linear(width, width, bias=False)
        self.mix2 = nn.Linear(width, width, bias=False)
        self.readout = nn.Linear(width, CLASSES, bias=False)

        nn.init.normal_(self.embed.weight, std=PIXELS**-0.5)
        nn.init.normal_(self.mix1.weight, std=0.02)
        nn.init.normal_(self.mix2.weight, std=0.02)
        nn.init.zeros_(self.readout.weight)

    def forward(self, pixels):
        h = torch.tanh(self.embed(pixels))
        h = torch.tanh(self.mix1(h))
        h = torch.tanh(self.mix2(h))
        return self.readout(h)


def make_digits(count, generator):
    """Ten noisy prototypes stand in for a data set, so that the script needs no download."""
    prototypes = torch.randn(CLASSES, PIXELS, generator=generator)
    labels = torch.arange(count) % CLASSES
    noise = torch.randn(count, PIXELS, generator=generator)
    return prototypes[labels] + 0.7 * noise, labels


def train(width, lr, steps):
    generator = torch.Generator().manual_seed(0)
    pixels, labels = make_digits(512, generator)
    model = Classifier(width)
    inner_lr = lr * BASE_WIDTH / width
    optimizer = torch.optim.Adam(
        [
            {"params": model.embed.parameters(), "lr": lr},
            {"params": model.mix1.parameters(), "lr": inner_lr},
            {"params": model.mix2.parameters(), "lr": inner_lr},
            {"params": model.readout.parameters(), "lr": inner_lr},
        ]
    )
    loss_of = nn.CrossEntropyLoss()
    for step in range(steps):
        loss = loss_of(model(pixels), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 10 == 0:
            print(f"step {step:4d}  loss {loss.item():.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=BASE_WIDTH)
    parser.add_argument("--lr", type=float, default=0.003)
    parser.add_argument("--steps", type=int, default=100)
    options = parser.parse_args()
    train(options.width, options.lr, options.steps)
