"""What a factory of Flax or Keras returns at one width, whichever of them it is."""

import inspect

from .factory import Refusal


class Leaf:
    """A parameter: where it stands, its numbers as they started, and the layer that holds it."""

    def __init__(self, path, start, dtype, holder, is_trained=True):
        self.name, self.own = ".".join(path), path[-1]
        self.start, self.shape, self.dtype = start, tuple(start.shape), dtype
        self.holder, self.is_trained = holder, is_trained
        self.kinds = [one.__name__ for one in type(holder).__mro__] if holder is not None else []

    def values(self):
        return self.start

    def probed(self):
        """What steps are measured on: the start, or ones, of which a decay shows, where that is 0."""
        return self.start if self.start.any() else self.start + 1


def parts_in(returned):
    """What a factory returned, one by one; a named tuple is one of them."""
    return list(returned) if isinstance(returned, (tuple, list)) and not hasattr(returned, "_fields") else [returned]


class ReturnedParts:
    """(model, loss_fn, batch, optimizer), as they were returned."""

    def __init__(self, returned):
        parts = parts_in(returned)
        if not parts or not is_tree_model(parts[0]):
            kind = type(parts[0]).__name__ if parts else "nothing"
            raise Refusal("it returns %s, and a model of torch, Flax or Keras or a tuple that begins with one is needed" % kind)
        self.model = parts.pop(0)
        self.variables = None
        # A module of linen has its parameters beside it.
        if parts and hasattr(parts[0], "items") and not callable(parts[0]):
            self.variables = parts.pop(0)
        if len(parts) > 3:
            raise Refusal("it returns more than (model, loss_fn, batch, optimizer)")
        self.optimizer = next((one for one in parts if is_tree_optimizer(one)), None)
        parts = [None if one is self.optimizer else one for one in parts]
        self.loss = parts[0] if parts and callable(parts[0]) else None
        self.batch = parts[1] if len(parts) > 1 else None


def is_tree_optimizer(value):
    """One of optax, of nnx, or of Keras."""
    if callable(getattr(value, "init", None)) and callable(getattr(value, "update", None)):
        return True
    tx = getattr(value, "tx", None)
    return tx is not None and is_tree_optimizer(tx) or is_of_library(value, "keras") and hasattr(value, "apply_gradients")


def is_of_library(value, *names):
    """Whether a class of a library is among those of a value."""
    return any(base.__module__.split(".")[0] in names for base in type(value).__mro__)


def is_tree_model(value):
    """Whether it is a model of Flax or Keras, or a train state."""
    if is_of_library(value, "keras"):
        return hasattr(value, "trainable_variables")
    if not is_of_library(value, "flax"):
        return False
    is_state = hasattr(value, "apply_fn") and hasattr(value, "params")
    is_module = any(base.__name__ == "Module" for base in type(value).__mro__)
    return is_state or is_module and (callable(getattr(value, "init", None)) or callable(value))


def starts_with_tree(returned):
    """Whether what a factory returned begins with such a model."""
    parts = parts_in(returned)
    return bool(parts) and is_tree_model(parts[0])


def source_of(model):
    """The file and line of the model's class, unless it is a library's."""
    if type(model).__module__.split(".")[0] in ("flax", "keras"):
        return None
    try:
        return [inspect.getsourcefile(type(model)), inspect.getsourcelines(type(model))[1]]
    except (OSError, TypeError):
        return None


def given_to(model, inputs):
    """What a model makes of inputs: a tensor, several in a tuple, or named ones in a dict."""
    if isinstance(inputs, dict):
        return model(**inputs)
    return model(*inputs) if isinstance(inputs, (tuple, list)) else model(inputs)


def features_of(value, depth=0):
    """The first array of features in what a layer returns, however it is packed."""
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return value if len(value.shape) > 0 and "float" in str(value.dtype) else None
    if isinstance(value, dict):
        value = list(value.values())
    if depth > 3 or not isinstance(value, (list, tuple)):
        return None
    found = (features_of(one, depth + 1) for one in value)
    return next((one for one in found if one is not None), None)


class Watch:
    """What layers make in one forward pass, under their paths; dropout does nothing."""

    def __init__(self, offsets=None):
        self.made, self.given, self.kinds, self.stack = {}, {}, {}, []
        self.uses, self.last, self.offsets, self.had_dropout = {}, [], offsets, False

    def call(self, path, module, arguments, forward, holds):
        """What a module makes; `holds` says whether it has parameters, which what drops at random has not."""
        kind = type(module).__name__
        if ("Drop" in kind or kind == "StochasticDepth") and not holds(module):
            self.had_dropout = self.had_dropout or getattr(module, "rate", None) != 0
            return arguments[0] if arguments else forward()
        self.stack.append(path)
        self.kinds.setdefault(path, kind)
        try:
            output = forward()
        finally:
            self.stack.pop()
        return self.noted(path, output, arguments)

    def noted(self, path, output, arguments=()):
        features = features_of(output)
        # What a container hands on of a part is that part's.
        if features is None or any(features is one for one in (*arguments, *self.last)):
            return output
        use = self.uses[path] = self.uses.get(path, -1) + 1
        key = "%s#%d" % (path, use)
        if features is output and self.offsets is not None and key in self.offsets:
            output = features = features + self.offsets[key]
        self.last.append(features)
        self.made[key] = features
        if len(arguments) == 1 and hasattr(arguments[0], "shape"):
            self.given[key] = arguments[0]
        return output

    def logits(self, values):
        """What attention makes a softmax of, under the layer that does so."""
        if not self.stack:
            return
        path = (self.stack[-1] + " " if self.stack[-1] else "") + "logits"
        self.kinds.setdefault(path, "logits")
        self.noted(path, values)


class Tree:
    """A model whose parameters are the leaves of a tree, its batch, its loss and its optimizer."""

    # Set by each kind: leaves, name, source, batch, loss, is_optimized.

    # What a number in the code multiplies what a layer makes by, by its key; None where that is not read off a program.
    factors = None

    def change_of(self, gradients):
        """How one step of the optimizer changes each leaf, from its first state."""
        raise NotImplementedError

    def settings(self):
        """What the optimizer says of itself: label, rates, weightDecay, betas, epsilon, momentum."""
        raise NotImplementedError

    def forward(self):
        """Loss, the gradient of each leaf, what layers made and were given, and the gradients of the former."""
        raise NotImplementedError

    def advance(self, gradients, factor):
        """One step, with the change of each leaf times a factor."""
        raise NotImplementedError


def loss_in(tree, output, targets, mean):
    """loss_fn(output, targets), or the mean square of the output."""
    if tree.loss is not None:
        return mean(tree.loss(output, targets))
    features = features_of(output)
    if features is None:
        raise Refusal("its model returns no features: return (model, loss_fn, (inputs, targets), optimizer)")
    return mean(features * features)
