"""A model that is checked where it stands, beside the factory."""

from torch import nn


class Guarded(nn.Module):
    def __init__(self, width):
        super().__init__()
        assert width % 96 == 0, "width %d is not divisible by 96" % width
