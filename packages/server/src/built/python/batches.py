"""Batches that a forward pass may take, and a loss of what it returns: what is tried until one goes through."""

import inspect
import itertools
import re

from .sizes import CHANNELS, CLASSES, PATCHES, TOKENS

MOST_TRIES = 48
TARGETS = ("targets", "labels", "target", "label")
OF_TOKENS = re.compile(r"idx|token|input_ids|ids$|src|tgt|text|^x$|^input", re.I)
OF_TIMES = re.compile(r"^t$|time|sigma|noise", re.I)
OF_LABELS = re.compile(r"^y$|label|class|cond", re.I)


class Batch:
    """One batch as it is written: lines that make it, the inputs, the targets, and the loss."""

    def __init__(self, lines, inputs, targets="None", loss="None", says=""):
        self.lines, self.inputs, self.targets, self.loss, self.says = lines, inputs, targets, loss, says


class Shapes:
    """What of a model, as it is built at some widths, says which inputs it takes."""

    def __init__(self, torch, models, widths, sizes):
        nn = torch.nn
        of = lambda kind, size: [getattr(one, size) for one in models[0].modules() if isinstance(one, kind)]
        first = lambda kind, size: [next((getattr(one, size) for one in model.modules() if isinstance(one, kind)), None)
                                    for model in models]
        tables = of(nn.Embedding, "num_embeddings")
        self.tokens = min(TOKENS, max(tables)) if tables else None
        self.has_images = bool(of(nn.Conv2d, "in_channels"))
        self.channels = size_at(first(nn.Conv2d, "in_channels"), widths) or CHANNELS
        self.features = size_at(first(nn.Linear, "in_features"), widths) or 16
        self.side = image_side(sizes)

    def kinds(self, name):
        """Expressions for one input, the likeliest by its name and by what the model has first."""
        tokens = ["tokens"] if self.tokens else []
        images = ["torch.randn(4, %s, %d, %d)" % (self.channels, self.side, self.side)]
        vectors = ["torch.randn(4, %s)" % self.features, "torch.randn(1, 16, %s)" % self.features,
                   "torch.randn(4, 1, 28, 28)"]
        times, labels = ["torch.rand(4)"], ["torch.randint(0, %d, (4,))" % CLASSES]
        usual = tokens + images + vectors if not self.has_images else images + tokens + vectors
        if OF_TIMES.search(name):
            return times + labels + usual
        if OF_LABELS.search(name):
            return labels + times + usual
        return (tokens if OF_TOKENS.search(name) and not self.has_images else []) + usual + times + labels


def size_at(sizes, widths):
    """A size as an expression: the same at every width, or so many times the width."""
    if None in sizes or len(set(sizes)) == 1:
        return sizes[0]
    times = sizes[0] // widths[0]
    is_multiple = all(size == times * width for size, width in zip(sizes, widths))
    return ("width" if times == 1 else "%d * width" % times) if is_multiple else sizes[0]


def image_side(sizes):
    """How large an image the model was made for: few patches, so that a step sees few rows."""
    said = next((value for name, value in sizes.values.items() if "size" in name and value.isdigit()
                 and re.search(r"im(g|age)|input|resol", name)), None)
    if said is not None:
        return int(said)
    known = next((one.default for name, one in sizes.fields.items()
                  if re.search(r"im(g|age)_size|input_size|resolution", name) and isinstance(one.default, int)), None)
    return known or (2 * (sizes.number(PATCHES) or 16))


def tries(torch, models, widths, sizes):
    """The batches to try, as (lines, inputs, whether the model is handed targets)."""
    shapes = Shapes(torch, models, widths, sizes)
    parameters = [one for one in inspect.signature(type(models[0]).forward).parameters.values() if one.name != "self"
                  and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    needed = [one.name for one in parameters if one.default is one.empty]
    optional = [one.name for one in parameters if one.default is not one.empty]
    if not needed and optional:
        needed = [next((name for name in optional if OF_TOKENS.search(name)), optional[0])]
    if not needed:
        needed = ["x"]
    lines = ["tokens = torch.randint(0, %d, (1, 8)).repeat(1, 2)" % shapes.tokens] if shapes.tokens else []
    target = next((name for name in optional if name in TARGETS), None)
    for kinds in itertools.islice(itertools.product(*[shapes.kinds(name) for name in needed]), MOST_TRIES):
        own = lines if "tokens" in kinds else []
        named = dict(zip(needed, kinds))
        by_name = "{%s}" % ", ".join('"%s": %s' % pair for pair in named.items())
        plain = kinds[0] if len(kinds) == 1 and needed[0] == parameters[0].name else by_name
        if target is not None and "tokens" in kinds:
            # A library that shifts by itself wants the tokens, others what comes next.
            wants = "tokens" if target == "labels" else "tokens.roll(-1, 1)"
            yield own, by_name[:-1] + ', "%s": %s}' % (target, wants), True
        yield own, plain, False


def with_loss(torch, lines, inputs, outputs, is_told):
    """The batch with a loss of what the model returned for it, at each width."""
    if is_told:
        own = own_loss(torch, outputs[0])
        if own is not None:
            return Batch(lines, inputs, loss=own, says="the loss is the model's own")
    where, features = features_in(torch, outputs[0])
    if features is None:
        return None
    shapes = [list(features_in(torch, one)[1].shape) for one in outputs]
    shape, is_fixed = shapes[0], all(one == shapes[0] for one in shapes)
    if "tokens" in inputs and is_fixed and len(shape) == 3 and shape[:2] == [1, 16]:
        loss = "lambda output, targets: F.cross_entropy(%s.flatten(0, 1), targets.flatten())" % where
        return Batch(lines, inputs, "tokens.roll(-1, 1)", loss, "each token foretells the next")
    if is_fixed and len(shape) == 2 and 1 < shape[-1] <= 1000:
        loss = "lambda output, targets: F.cross_entropy(%s, targets)" % where
        return Batch(lines, inputs, "torch.randint(0, %d, (%d,))" % (shape[1], shape[0]), loss, "inputs and classes are drawn at random")
    if is_fixed and features.numel() > 0:
        loss = "lambda output, targets: F.mse_loss(%s, targets)" % where
        return Batch(lines, inputs, "torch.randn(%s)" % ", ".join(map(str, shape)), loss, "inputs and targets are drawn at random")
    return Batch(lines, inputs, says="without a loss, the mean square of the output is what is made smaller")


def own_loss(torch, output):
    """Where a model that is handed targets returns its loss."""
    is_loss = lambda one: isinstance(one, torch.Tensor) and one.dim() == 0 and one.requires_grad
    if is_loss(output):
        return "lambda output, _: output"
    if isinstance(output, (tuple, list)):
        place = next((place for place, one in enumerate(output) if is_loss(one)), None)
        return None if place is None else "lambda output, _: output[%d]" % place
    return "lambda output, _: output.loss" if is_loss(getattr(output, "loss", None)) else None


def features_in(torch, output):
    """What of an output is trained, and how it is reached."""
    is_feature = lambda one: isinstance(one, torch.Tensor) and one.is_floating_point() and one.requires_grad
    if is_feature(output):
        return "output", output
    for key in ("logits", "last_hidden_state", "sample"):
        if is_feature(getattr(output, key, None)):
            return "output." + key, getattr(output, key)
    if isinstance(output, dict):
        key = next((key for key, one in output.items() if is_feature(one)), None)
        return (None, None) if key is None else ("output[%r]" % key, output[key])
    if isinstance(output, (tuple, list)):
        place = next((place for place, one in enumerate(output) if is_feature(one)), None)
        return (None, None) if place is None else ("output[%d]" % place, output[place])
    return None, None
