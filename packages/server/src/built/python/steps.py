"""What the optimizer of a tree does to its leaves in one step."""

import math

from .factory import finite, told
from .layouts import Layout

# A step whose entries are as large to so much says the rate by itself.
SAME_SIZE = 2e-3
RATE_ERROR = 3e-4


class Steps:
    """What one step does to each leaf, from the state in which the optimizer is; nothing of it stays."""

    def __init__(self, numpy, tree):
        self.numpy, self.tree = numpy, tree
        self.leaves = tree.leaves
        self.layouts = [Layout(numpy, leaf) for leaf in self.leaves]

    def gradient(self, place):
        """Of rank one, as large as theory has it: its entries are ∝ 1 / fan_out, and none is near 0."""
        numpy, layout = self.numpy, self.layouts[place]
        draws = numpy.random.default_rng(place)
        rows, columns = signed_entries(numpy, layout.into, draws), signed_entries(numpy, layout.out, draws)
        one = numpy.outer(rows, columns) / layout.out
        count = math.prod(layout.shape) // max(1, one.size)
        return layout.whole(numpy.broadcast_to(one, (count, *one.shape))).astype(numpy.float32)

    def full_gradient(self, place):
        """The same with all other directions, too, each much smaller."""
        numpy = self.numpy
        noise = numpy.random.default_rng(place + 7919).standard_normal(self.leaves[place].shape)
        return self.gradient(place) + (0.3 / self.layouts[place].out * noise).astype(numpy.float32)

    def change(self, gradient):
        return self.tree.change_of([gradient(place) if leaf.is_trained else None
                                    for place, leaf in enumerate(self.leaves)])

    def measured(self, is_first):
        """By place: what a step does and the rate that it shows, or why that is not known."""
        numpy = self.numpy
        try:
            rest = self.change(lambda place: numpy.zeros(self.leaves[place].shape, numpy.float32))
            step = self.change(self.gradient)
            larger = self.change(lambda place: 4 * self.gradient(place))
            full = self.change(self.full_gradient)
        except Exception as error:
            return [None] * len(self.leaves), "its update fails on a gradient of rank one: " + told(error)
        records = []
        for place, leaf in enumerate(self.leaves):
            if not leaf.is_trained:
                records.append(None)
                continue
            # Decay is the same whatever the gradient.
            own, more, whole = (one[place] - rest[place] for one in (step, larger, full))
            record = self.numbers(place, own, rest[place])
            record["updateOfFullRank"] = self.size_of(place, whole)
            scale = float(numpy.linalg.norm(own))
            is_scale_free = scale > 0 and float(numpy.linalg.norm(more - own)) < 0.05 * scale
            is_linear = scale > 0 and float(numpy.linalg.norm(more - 4 * own)) < 1e-2 * scale
            record["rate"] = self.rate_in(place, own, is_scale_free, is_linear)
            if is_first:
                record["isScaleFree"] = is_scale_free
                record["isOrthogonal"] = self.is_orthogonal(place, whole)
            records.append(record)
        return records, None

    def rate_in(self, place, change, is_scale_free, is_linear):
        """η of a step η·sign(g), or of η·g; None of any other."""
        numpy = self.numpy
        measure = numpy.abs(change)
        if is_linear:
            measure = measure / numpy.abs(self.gradient(place))
        elif not is_scale_free:
            return None
        middle = float(numpy.median(measure)) if measure.size else 0.0
        is_same = middle > 0 and float(numpy.abs(measure - middle).max()) < SAME_SIZE * middle
        return middle if is_same else None

    def size_of(self, place, change):
        """‖ΔW‖₂ / √(fan_out / fan_in)."""
        layout = self.layouts[place]
        return finite(layout.size(change) / math.sqrt(layout.out / layout.into))

    def is_orthogonal(self, place, change):
        """Whether a gradient of one large and many small directions moves all of them alike."""
        numpy, layout = self.numpy, self.layouts[place]
        if not 4 <= min(layout.into, layout.out) <= 1024 or not numpy.isfinite(change).all():
            return False
        values = numpy.linalg.svd(layout.matrices(change)[0], compute_uv=False)
        return float(values[0]) > 0 and float(numpy.median(values)) > 0.4 * float(values[0])

    def numbers(self, place, change, rest):
        numpy = self.numpy
        weight = self.leaves[place].probed().astype(numpy.float64)
        largest = float(numpy.abs(change).max()) if change.size else 0.0
        record = {"update": None, "decayed": None}
        if not math.isfinite(largest):
            record["updateWhy"] = "one step makes it infinite or NaN"
        elif 0 < largest < 64 * 1.2e-7 * float(numpy.abs(weight).max()):
            record["updateWhy"] = "one step is too small beside it to be measured"
        else:
            record["update"] = self.size_of(place, change)
        square = float((weight * weight).sum())
        if square > 0:
            part = -float((rest * weight).sum()) / square
            off = float(numpy.linalg.norm(rest + part * weight)) / math.sqrt(square)
            record["decayed"] = finite(part)
            record["decaysInProportion"] = off <= max(1e-5, 0.02 * abs(part))
        return record


def signed_entries(numpy, count, draws):
    """Numbers of both signs between ½ and 1½, of root mean square 1."""
    values = (draws.random(count) + 0.5) * draws.choice([-1.0, 1.0], count)
    return values / math.sqrt(float((values * values).mean()))


def coefficient_of(record, rate):
    """The weight decay that a step of 0 gradient shows, which is in proportion to the rate; None where it shows none."""
    part = record.get("decayed")
    if part is None or not record.get("decaysInProportion"):
        return None
    return 0.0 if abs(part) < 1e-9 else float("%.3g" % (part / rate)) if rate else None


def groups_in(tree, records):
    """What leaves move alike, as groups of the optimizer; the place of each."""
    groups, places = [], []
    known = {}
    said = tree.settings() if tree.is_optimized else None
    for leaf, record in zip(tree.leaves, records):
        if not leaf.is_trained or not tree.is_optimized:
            places.append([])
            continue
        rate, error = (record or {}).get("rate"), RATE_ERROR
        own = next((one for one in said["rates"] if rate is not None and abs(one - rate) < 5e-3 * rate), None)
        if own is None and rate is None and len(said["rates"]) == 1:
            own = said["rates"][0]
        if own is not None:
            rate, error = own, 0.0
        decay = coefficient_of(record or {}, rate)
        if said["weightDecay"] is not None and (decay is None or abs(decay - said["weightDecay"]) < 1e-2 * decay):
            decay = said["weightDecay"]
        key = tuple(None if one is None else "%.2g" % one for one in (rate, decay)) + ((record or {}).get("isOrthogonal"),)
        if key not in known:
            known[key] = len(groups)
            groups.append({"optimizer": said["label"], "instance": 0, "learningRate": finite(rate), "rateError": error,
                           "weightDecay": finite(decay),
                           "betas": said["betas"], "epsilon": said["epsilon"], "momentum": said["momentum"],
                           "others": {}})
        places.append([known[key]])
    return groups, places
