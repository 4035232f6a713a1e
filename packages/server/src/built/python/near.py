"""Which widths near one that a model refuses it takes: heads divide a few alone."""

import time

from .factory import Built, inputs_of, seeded, told

MOST_SECONDS = 3
# What a model says of sizes that do not fit.
MISFITS = (AssertionError, ValueError, RuntimeError, ArithmeticError, IndexError)


def built_at(torch, factory, width):
    """Builds what a factory makes, and passes its batch through."""
    seeded(torch, 0)
    built = Built(torch, factory(width))
    if built.batch is not None:
        with torch.no_grad():
            built.outputs(inputs_of(built.batch))


class Near:
    """The widths next to those that a model refuses, as far as they are found in a little while."""

    def __init__(self, builds):
        self.builds, self.known = builds, {}

    def to(self, width, error):
        """None where another width would not help."""
        # What it asks of the machine has nothing to do with its sizes.
        if not isinstance(error, MISFITS) or told(error).startswith(("it asks for CUDA", "there is not enough memory")):
            return []
        if width not in self.known:
            self.known[width] = self.around(width)
        return self.known[width]

    def around(self, width):
        """The nearest below and above, down to half the width and up to twice it."""
        ends = time.perf_counter() + MOST_SECONDS
        below = above = None
        for distance in range(1, width + 1):
            if below is None and 2 * distance <= width and self.runs(width - distance):
                below = width - distance
            if above is None and self.runs(width + distance):
                above = width + distance
            if below and above or time.perf_counter() > ends:
                break
        return [one for one in (below, above) if one]

    def runs(self, width):
        try:
            self.builds(width)
            return True
        except (Exception, SystemExit):
            return False
