"""How a leaf of a tree is read as a map, whichever of its axes are summed over, and how large it is as one."""

import math

# What holds one number a feature, however many axes it has.
OWN_VECTORS = ("bias", "scale", "gamma", "beta", "mean", "var", "moving_mean", "moving_variance")
OWN_TABLES = ("embedding", "embeddings")


def axes_of_kernel(kinds, holder, count):
    """The axes of a kernel that are summed over, and those along which kernels are stacked; None where that is not known."""
    is_a = lambda *names: any(kind in names for kind in kinds)
    if is_a("EinsumDense"):
        return axes_of_einsum(getattr(holder, "equation", ""))
    if any("Depthwise" in kind for kind in kinds):
        return list(range(count - 2)), []
    if any("Conv" in kind for kind in kinds):
        # Keras' transposed convolutions have what they make before what they sum over.
        is_turned = any(kind.endswith("Transpose") and kind[:4] == "Conv" and kind[4:5].isdigit() for kind in kinds)
        return [axis for axis in range(count) if axis != count - (2 if is_turned else 1)], []
    if is_a("DenseGeneral", "LinearGeneral"):
        sizes = getattr(holder, "in_features", None)
        axis = getattr(holder, "axis", -1)
        into = len(sizes) if isinstance(sizes, (tuple, list)) else len(axis) if isinstance(axis, (tuple, list)) else 1
        made = getattr(holder, "features", getattr(holder, "out_features", None))
        made = len(made) if isinstance(made, (tuple, list)) else 1
        stacked = max(0, count - into - made)
        return list(range(stacked, stacked + into)), list(range(stacked))
    if any(kind.endswith(("Dense", "Linear", "Cell")) for kind in kinds) and count >= 2:
        return [count - 2], list(range(count - 2))
    return None


def axes_of_einsum(equation):
    """`abc,cde->abde` sums the kernel's first axis."""
    sides, _, made = equation.replace(" ", "").partition("->")
    given, _, kernel = sides.partition(",")
    if not kernel or not made:
        return None
    return ([axis for axis, letter in enumerate(kernel) if letter not in made],
            [axis for axis, letter in enumerate(kernel) if letter in made and letter in given])


class Layout:
    """How a leaf is read as a map: what it makes and what it sums over; a vector is n × 1."""

    def __init__(self, numpy, leaf):
        self.numpy, shape = numpy, list(leaf.shape)
        self.shape, count = shape, len(shape)
        self.is_lookup = leaf.own in OWN_TABLES and count >= 2
        self.is_oriented, self.stacked = True, []
        self.into_axes = []
        known = None
        if self.is_lookup:
            known = [count - 2], list(range(count - 2))
        elif "kernel" in leaf.own:
            known = axes_of_kernel(leaf.kinds, leaf.holder, count)
        if known is None and (leaf.own in OWN_VECTORS or sum(1 for size in shape if size > 1) <= 1):
            known = [], []
        if known is None:
            # Nobody says which of the last two is summed over.
            self.is_oriented, known = False, ([count - 1], list(range(count - 2)))
        self.into_axes, self.stacked = known
        self.is_vector = not self.into_axes
        product = lambda axes: math.prod(shape[axis] for axis in axes)
        self.out_axes = [axis for axis in range(count) if axis not in self.into_axes and axis not in self.stacked]
        self.out, self.into = product(self.out_axes), product(self.into_axes)

    def matrices(self, values):
        """Each as what it sums over × what it makes."""
        order = self.stacked + self.into_axes + self.out_axes
        return values.transpose(order).reshape(-1, self.into, self.out) if order else values.reshape(1, 1, 1)

    def whole(self, each):
        """A leaf of such matrices."""
        numpy = self.numpy
        order = self.stacked + self.into_axes + self.out_axes
        if not order:
            return each.reshape(self.shape)
        return each.reshape([self.shape[axis] for axis in order]).transpose(numpy.argsort(order))

    def size(self, values):
        """The largest singular value, the mean of stacked ones; NaN where it has none."""
        numpy = self.numpy
        if not numpy.isfinite(values).all():
            return math.nan
        each = self.matrices(values.astype(numpy.float64))
        if self.into == 1 or self.out == 1:
            return float(numpy.sqrt((each * each).sum(axis=(1, 2))).mean())
        turned = each.transpose(0, 2, 1)
        gram = turned @ each if self.into >= self.out else each @ turned
        return float(numpy.sqrt(numpy.linalg.eigvalsh(gram)[:, -1].clip(min=0)).mean())
