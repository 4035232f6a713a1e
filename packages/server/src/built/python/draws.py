"""Random numbers that are the same on every device, whichever the factory has made the usual one."""


class Draws:
    """One stream of them."""

    def __init__(self, torch, seed):
        self.torch, self.given = torch, {"generator": torch.Generator("cpu").manual_seed(seed), "device": "cpu"}

    def normal(self, shape):
        return self.torch.randn(shape, **self.given)

    def integers(self, low, high, count):
        return self.torch.randint(low, high, (count,), **self.given)

    def signed(self, count):
        """Numbers of both signs between ½ and 1½, of root mean square 1: none is near 0."""
        size = self.torch.rand(count, **self.given) + 0.5
        values = size * (self.integers(0, 2, count) * 2.0 - 1.0)
        return values / values.pow(2).mean().sqrt()
