"""What is asked of a factory of Flax or Keras: what it builds, what that does in a few steps, and at some rates."""

import math
import random
import sys
import time

from .explain import size_and_spread
from .factory import Refusal, finite
from .flax_trees import flax_tree
from .keras_trees import KerasTree
from .layouts import Layout
from .recorder import MASKED, SERIES, mean
from .steps import Steps, groups_in
from .trees import ReturnedParts, is_of_library

MOST_ENTRIES, MOST_ROWS = 1 << 15, 64


def built_tree(factory, width, seed):
    """What a factory builds at a width, with all streams of random numbers begun anew."""
    random.seed(seed)
    numpy = sys.modules["numpy"]
    numpy.random.seed(seed)
    if "keras" in sys.modules:
        # Names count on from model to model.
        sys.modules["keras"].utils.clear_session()
        sys.modules["keras"].utils.set_random_seed(seed)
    returned = factory(width)
    parts = ReturnedParts(returned)
    return KerasTree(parts) if is_of_library(parts.model, "keras") else flax_tree(parts, seed)


def start_of_leaf(numpy, values):
    """How large the entries start."""
    if values.size == 0:
        return {"why": "is empty", "isLost": False}
    values = numpy.abs(values).astype(numpy.float64) if numpy.iscomplexobj(values) else values.astype(numpy.float64)
    if not numpy.isfinite(values).all():
        return {"why": "starts with values that are not finite", "isLost": True}
    square, fourth = float((values ** 2).mean()), float((values ** 4).mean())
    return size_and_spread(square, fourth, float(values.mean()), values.size, float(values.min()) == float(values.max()))


def explained_tree(factory, width, seed, is_first):
    """One width, as a record."""
    tree = built_tree(factory, width, seed)
    numpy = tree.numpy
    measured, why = Steps(numpy, tree).measured(is_first) if tree.is_optimized else ([None] * len(tree.leaves), None)
    groups, places = groups_in(tree, measured)
    parameters = []
    for leaf, record, own in zip(tree.leaves, measured, places):
        layout = Layout(numpy, leaf)
        step = None if record is None else {key: value for key, value in record.items() if key != "rate"}
        parameters.append({
            "name": leaf.name, "aliases": [], "shape": list(leaf.shape), "dtype": leaf.dtype,
            "isLookup": layout.is_lookup, "isOriented": layout.is_oriented, "isTrained": leaf.is_trained,
            "into": layout.into_axes, "stacked": layout.stacked, "isFused": False,
            "start": start_of_leaf(numpy, leaf.values()), "groups": own, "step": step,
            "lines": {"made": None, "start": None, "group": None}})
    return {"width": width, "model": tree.name, "source": tree.source, "parameters": parameters, "groups": groups,
            "strangers": 0, "warmedUp": tree.warmed, "stepWhy": why}


class TreeRuns:
    """The runs of one factory: every width and run of a seed sees the batch that was given first, where shapes allow."""

    def __init__(self, factory, steps):
        self.factory, self.steps, self.of_seed = factory, steps, {}

    def tree(self, width, seed):
        tree = built_tree(self.factory, width, seed)
        if tree.batch is None:
            raise Refusal("it returns no batch: return (model, loss_fn, (inputs, targets), optimizer)")
        batch = self.of_seed.setdefault(seed, tree.batch)
        if shapes_in(batch) == shapes_in(tree.batch):
            tree.batch = batch
        return tree

    def shapes(self, width):
        """Of every parameter."""
        return [leaf.shape for leaf in self.tree(width, 0).leaves]

    def run(self, width, seed, factor):
        """The loss before every step and after the last of them, with every change of a step times the factor."""
        began = time.perf_counter()
        tree = self.tree(width, seed)
        if not tree.is_optimized:
            raise Refusal("it returns no optimizer, whose rate could be varied")
        losses, stopped = [], None
        for step in range(self.steps + 1):
            loss, gradients, *_ = tree.forward()
            losses.append(finite(loss))
            if losses[-1] is None:
                stopped = step
                break
            if step < self.steps:
                tree.advance(gradients, factor)
        rates = tree.settings()["rates"]
        return {"width": width, "seed": seed, "factor": factor, "rate": max(rates) if rates else None, "losses": losses,
                "stoppedAt": stopped, "hadDropout": tree.watch.had_dropout, "seconds": time.perf_counter() - began}

    def check(self, width, seed):
        """A record of what one width does with one seed in a few steps."""
        began = time.perf_counter()
        tree = self.tree(width, seed)
        places, weights = Places(tree), LeafMatrices(tree)
        losses, stopped = [], None
        for step in range(self.steps + 1 if tree.is_optimized else 1):
            loss, gradients, made, given, arriving = tree.forward()
            places.note(step, made, given, arriving)
            weights.note(places.factors)
            losses.append(finite(loss))
            if losses[-1] is None:
                stopped = step
                break
            if step < self.steps:
                tree.advance(gradients, 1)
        return {"width": width, "seed": seed, "losses": losses, "stoppedAt": stopped, "layers": places.records(),
                "output": places.output, "weights": weights.records, "isOptimized": tree.is_optimized,
                "hadDropout": tree.watch.had_dropout,
                "seconds": time.perf_counter() - began}


def shapes_in(batch):
    """The shapes and kinds of what a batch holds."""
    if hasattr(batch, "shape"):
        return tuple(batch.shape), str(batch.dtype)
    if isinstance(batch, dict):
        return {key: shapes_in(one) for key, one in batch.items()}
    return [shapes_in(one) for one in batch] if isinstance(batch, (tuple, list)) else type(batch).__name__


def factors_of(numpy, made):
    """So many times what a layer makes is what the model returns: a number that multiplies its readout counts."""
    *layers, last = made.items()
    returned = last[1]
    factors = {}
    for key, values in layers:
        square = float((values.astype(numpy.float64) ** 2).sum()) if values.shape == returned.shape else 0.0
        if square > 0:
            factor = float((values * returned).sum()) / square
            if numpy.allclose(returned, factor * values, rtol=1e-3, atol=1e-3 * float(numpy.abs(returned).mean())):
                factors[key] = factor
    return factors


class Places:
    """What each layer makes, from step to step."""

    def __init__(self, tree):
        self.tree, self.numpy, self.of_path, self.first, self.output = tree, tree.numpy, {}, {}, None
        self.kernels, self.factors = {}, {}
        for place, leaf in enumerate(tree.leaves):
            layout = Layout(self.numpy, leaf)
            is_first_axes = layout.into_axes == list(range(len(layout.into_axes))) and not layout.stacked
            if layout.is_oriented and not layout.is_vector and (layout.is_lookup or is_first_axes):
                self.kernels.setdefault(leaf.name.rpartition(".")[0], (place, layout, leaf.values()))

    def note(self, step, made, given, arriving):
        current = self.tree.current()
        sums, factors = {}, self.tree.factors
        if factors is None:
            factors = factors_of(self.numpy, made)
        self.factors = {}
        for key, values in made.items():
            path = key.rpartition("#")[0]
            use = self.one_use(step, key, path, values, given.get(key), arriving.get(key), current)
            # One behind a norm or a block belongs to what comes next.
            factor = abs(factors.get(key, 1.0)) if path in self.kernels else 1.0
            self.factors.setdefault(path, []).append(factor)
            for name in ("size", "update", "own", "carried"):
                if name in use:
                    use[name] *= factor
            if factor > 0:
                use["gradient"] /= factor
            sums.setdefault(path, []).append(use)
            self.output = path
        self.factors = {path: sum(each) / len(each) for path, each in self.factors.items()}
        for path, uses in sums.items():
            place = self.of_path.setdefault(path, {
                "layer": path, "kind": self.tree.watch.kinds.get(path, "layer"), "line": None, "gradient": [],
                "shape": list(uses[0]["shape"]), **{name: [] for name in SERIES}})
            for name in SERIES:
                place[name].append(mean([one.get(name, math.nan) for one in uses]))
            place["gradient"].append(mean([one["gradient"] for one in uses]))

    def one_use(self, step, key, path, values, given, arriving, current):
        numpy = self.numpy
        if path.endswith("logits"):
            values = numpy.where(numpy.abs(values) < -MASKED, values, 0.0)
        size, moved = self.size_and_move(step, key, values)
        if path.endswith("logits"):
            # Entries that are masked are no part of the mean.
            shown = float((values != 0).mean()) or math.nan
            size, moved = size / shown, moved / shown
        gradient = math.nan if arriving is None else float(numpy.abs(arriving).mean())
        use = {"shape": values.shape, "size": size, "update": moved, "gradient": gradient}
        if given is not None and path in self.kernels:
            use.update(self.parts(step, key, given, *self.kernels[path], current))
        return use

    def size_and_move(self, step, key, values):
        """Mean |x| and mean |x − x at step 0| of some entries, always the same ones."""
        numpy = self.numpy
        flat = values.reshape(-1).astype(numpy.float32)
        few = flat if flat.size <= MOST_ENTRIES else flat[numpy.random.default_rng(flat.size).integers(0, flat.size, MOST_ENTRIES)]
        first = self.first.setdefault(key, few)
        moved = float(numpy.abs(few - first).mean()) if first.shape == few.shape else math.nan
        return float(numpy.abs(flat).mean()), moved

    def parts(self, step, key, given, place, layout, first, current):
        """Of the change of what a layer makes, the part of its own weight and that of its input."""
        numpy = self.numpy
        moved = current[place] - first
        if layout.is_lookup:
            rows = given.reshape(-1).astype(int)[:MOST_ROWS]
            return {"input": 1.0, "inputUpdate": 0.0, "own": float(numpy.abs(moved[rows]).mean()), "carried": 0.0}
        if given.size % layout.into:
            return {}
        rows = given.reshape(-1, layout.into).astype(numpy.float32)
        rows = rows[:: max(1, len(rows) // MOST_ROWS)][:MOST_ROWS]
        before = self.first.setdefault("given " + key, rows)
        if before.shape != rows.shape:
            return {}
        applied = lambda weight, values: float(numpy.abs(values @ layout.matrices(weight)[0]).mean())
        return {"input": float(numpy.abs(rows).mean()), "inputUpdate": float(numpy.abs(rows - before).mean()),
                "own": applied(moved, rows), "carried": applied(first, rows - before)}

    def records(self):
        return list(self.of_path.values())


class LeafMatrices:
    """The matrices that are trained, and what they started as: ‖W‖₂·√(fan_in / fan_out), times what the layer's result is
    used times."""

    def __init__(self, tree):
        self.tree, self.entries, self.records = tree, [], []
        for place, leaf in enumerate(tree.leaves):
            layout = Layout(tree.numpy, leaf)
            if leaf.is_trained and layout.is_oriented and not layout.is_vector and leaf.start.size > 0:
                record = {"name": leaf.name, "norm": [], "update": []}
                self.entries.append((place, layout, leaf.values(), record))
                self.records.append(record)

    def note(self, factors):
        current = self.tree.current()
        for place, layout, first, record in self.entries:
            scale = math.sqrt(layout.into / layout.out) * factors.get(record["name"].rpartition(".")[0], 1.0)
            record["norm"].append(finite(scale * layout.size(current[place])))
            record["update"].append(finite(scale * layout.size(current[place] - first)))
