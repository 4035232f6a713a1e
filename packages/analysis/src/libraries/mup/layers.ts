/** Of `mup.layer`: a linear layer whose input is divided by how much wider it is than its base. */
export const LAYERS = `
from torch import nn

class MuReadout(nn.Linear):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None,
                 readout_zero_init=False, output_mult=1.0):
        self.output_mult = output_mult
        super().__init__(in_features, out_features, bias=bias)
        if readout_zero_init:
            nn.init.zeros_(self.weight)
            if self.bias is not None:
                nn.init.zeros_(self.bias)

    def width_mult(self):
        return self.weight.infshape.width_mult()

    def forward(self, x):
        return super().forward(self.output_mult * x / self.width_mult())

class MuSharedReadout(MuReadout):
    def __init__(self, weight, bias=True, **kwargs):
        super().__init__(weight.shape[0], weight.shape[1], bias=bias, **kwargs)
        self.weight = weight
`;

/** Of `mup.infshape`: what is asked of a parameter's base shape. */
export const INFSHAPE = `
class InfShape:
    def __init__(self, multiplier, ratio):
        self.multiplier = multiplier
        self.ratio = ratio

    def width_mult(self):
        return self.multiplier

    def fanin_fanout_mult_ratio(self):
        return self.ratio
`;
