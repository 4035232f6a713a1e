"""mup's own coordinate check of an MLP, as its documentation has it: widths 128 to 4096, five seeds, three steps."""

import torch
from mup import MuReadout, set_base_shapes
from mup.coord_check import get_coord_data

WIDTHS = [128, 256, 512, 1024, 2048, 4096]
torch.set_num_threads(2)


class MLP(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = torch.nn.Linear(64, width, bias=False)
        self.second = torch.nn.Linear(width, width, bias=False)
        self.third = torch.nn.Linear(width, width, bias=False)
        self.readout = MuReadout(width, 10, bias=False)

    def forward(self, x):
        for layer in (self.first, self.second, self.third):
            x = torch.tanh(layer(x))
        return self.readout(x)


def lazy(width):
    def make():
        model = MLP(width)
        set_base_shapes(model, MLP(64), delta=MLP(128))
        return model

    return make


batch = [(torch.randn(64, 64), torch.randint(10, (64,)))]
data = get_coord_data({width: lazy(width) for width in WIDTHS}, batch, optimizer="sgd", lr=0.1, nsteps=3, nseeds=5, cuda=False, show_progress=False)
print(len(data))
