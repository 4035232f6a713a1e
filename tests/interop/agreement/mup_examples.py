"""The models of mup's own examples as factories; as a program, what `mup.coord_check` says of the same ones.

    python mup_examples.py FACTORY WIDTHS SEEDS STEPS   prints {"width module seed": [mean |y| at each step]}

`WIDTHWISE_CLONES` names the folder of clones. What their scripts read off a disk is drawn here, and dropout is off.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "truth"), str(HERE.parent / "built")]

import torch  # noqa: E402
from beside_mup import print_sizes  # noqa: E402
from real_models import MODELS, Clones  # noqa: E402
from torch.nn import functional as F  # noqa: E402


def draw():
    return torch.Generator().manual_seed(7)


def vectors():
    return torch.randn(8, 3072, generator=draw()), torch.randint(0, 10, (8,), generator=draw())


def images():
    return torch.randn(4, 3, 32, 32, generator=draw()), torch.randint(0, 10, (4,), generator=draw())


def sentences():
    tokens = torch.randint(0, 8, (6, 2), generator=draw())
    return tokens, tokens.roll(-1, 0)


def of_today(layer):
    """torch's encoder of today tells its layers whether the mask is causal, which those of mup's example do not take."""
    forward = layer.forward
    layer.forward = lambda *given, is_causal=None, **named: forward(*given, **named)


def build(name, width):
    entry = next(one for one in MODELS if one.name == name)
    model = entry.build(Clones(Path(os.environ["WIDTHWISE_CLONES"]), "mup"), width)
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
        if isinstance(getattr(module, "dropout", None), float):
            module.dropout = 0.0
    for layer in getattr(getattr(model, "transformer_encoder", None), "layers", []):
        of_today(layer)
    return model


EXAMPLES = {
    "mlp": ("mup MLP", vectors, "xent", "MuSGD", 0.1),
    "transformer": ("mup Transformer", sentences, "nll", "MuAdam", 1e-3),
    "resnet": ("mup ResNet", images, "xent", "MuSGD", 0.1),
}
LOSSES = {"xent": F.cross_entropy, "nll": F.nll_loss}


def factory(name):
    model_name, batch, loss, optimizer, rate = EXAMPLES[name]

    def loss_fn(output, targets):
        return LOSSES[loss](output.reshape(-1, output.shape[-1]), targets.reshape(-1))

    def make(width):
        import mup

        model = build(model_name, width)
        return model, loss_fn, batch(), getattr(mup, optimizer)(model.parameters(), lr=rate)

    return make


mlp, transformer, resnet = (factory(name) for name in EXAMPLES)


if __name__ == "__main__":
    model_name, batch, loss, optimizer, rate = EXAMPLES[sys.argv[1]]
    print_sizes(sys.argv[2:], lambda width: build(model_name, width), batch(),
                optimizer=optimizer[2:].lower(), lr=rate, lossfn=loss)
