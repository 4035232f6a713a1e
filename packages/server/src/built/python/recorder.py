"""What a network holds in one forward pass and its backward pass: how large what each module makes is, and how it moved."""

import contextlib
import math

from .draws import Draws
from .parts import Parts

# Of what is larger only so many entries are kept from one step to the next.
MOST_KEPT = 1 << 15
# So many operations before a softmax are looked at.
MOST_FOLLOWED = 64
SERIES = ("size", "update", "input", "inputUpdate", "own", "carried")
# What a mask puts in place of a logit is no logit.
MASKED = -1e4


def tensor_in(torch, value, depth=0):
    """The first tensor of features in what a module returns, however it is packed; a scalar is a loss."""
    if isinstance(value, torch.Tensor):
        return value if value.is_floating_point() and value.requires_grad and value.dim() > 0 else None
    if depth > 3:
        return None
    if isinstance(value, dict):
        value = list(value.values())
    elif hasattr(value, "__dataclass_fields__"):
        value = [getattr(value, name) for name in value.__dataclass_fields__]
    if not isinstance(value, (list, tuple)):
        return None
    found = (tensor_in(torch, one, depth + 1) for one in value)
    return next((one for one in found if one is not None), None)


class Kept:
    """Some entries of a tensor, always the same ones, and what they were at step 0."""

    def __init__(self, torch):
        self.torch, self.first = torch, {}

    def size_and_move(self, key, tensor, is_first):
        """Mean |x| and mean |x − x at step 0|; NaN where there is no such x."""
        values = tensor.detach().flatten().to(self.torch.float32)
        few = values if values.numel() <= MOST_KEPT else values[self.places(values)]
        if is_first:
            self.first[key] = few.clone()
        first = self.first.get(key)
        moved = float((few - first).abs().mean()) if first is not None and first.shape == few.shape else math.nan
        return float(values.abs().mean()), moved

    def places(self, values):
        return Draws(self.torch, values.numel()).integers(0, values.numel(), MOST_KEPT).to(values.device)


class Recorder:
    """Watches the modules of a model from step to step."""

    def __init__(self, torch, model, weights):
        self.torch, self.model = torch, model
        self.kept, self.parts = Kept(torch), Parts(torch, weights)
        self.places, self.calls, self.stack, self.products, self.handles = {}, {}, [], {}, []
        self.step, self.output, self.is_watching, self.halves = 0, None, False, set()
        self.ends, self.multiples, self.factors = set(), {}, {}
        for path, module in model.named_modules():
            self.handles.append(module.register_forward_pre_hook(self.entering(path, module)))
            self.handles.append(module.register_forward_hook(self.leaving(path)))

    def entering(self, path, module):
        def hook(*_):
            if self.is_watching:
                self.stack.append(path)
                self.place(path, type(module).__name__)

        return hook

    def leaving(self, path):
        def hook(module, inputs, output):
            if not self.is_watching:
                return
            while self.stack and self.stack.pop() != path:
                pass
            tensor = tensor_in(self.torch, output)
            if tensor is None or any(tensor is one for one in inputs):
                return
            # What a container hands on of a part is that part's.
            inner = getattr(tensor, "_widthwise_place", None)
            if path == "":
                self.output = inner or path
            if inner is not None:
                return
            if tensor.element_size() < 4:
                self.halves.add(str(tensor.dtype).replace("torch.", ""))
            tensor._widthwise_place = path
            self.ends.add(tensor.grad_fn)
            tensor._widthwise_multiplies = any(one.dim() >= 2 for one in module.parameters(recurse=False))
            self.note(path, tensor)
            self.places[path]["parts"].append(self.parts.of(module, inputs, self.calls[path], self.step))
            tensor.register_hook(self.arriving(path))

        return hook

    def arriving(self, path):
        step = self.step

        def hook(gradient):
            gradients = self.places[path]["gradient"]
            if len(gradients) == step:
                gradients.append(float(gradient.detach().abs().mean()))

        return hook

    def place(self, path, kind):
        if path not in self.places:
            fresh = {"layer": path, "kind": kind, "shape": None, "line": None, "gradient": []}
            # Of the steps before it was first used nothing is known.
            self.places[path] = {**fresh, **{key: [None] * self.step for key in SERIES}}
        place = self.places[path]
        place.setdefault("sums", [])
        place.setdefault("parts", [])
        place.setdefault("factors", [])
        return place

    def note(self, path, tensor):
        """One use of a place in this step; a module that is used several times has as many."""
        place = self.places[path]
        place["shape"] = list(tensor.shape)
        use = self.calls[path] = self.calls.get(path, -1) + 1
        place["sums"].append(self.kept.size_and_move((path, use), tensor, self.step == 0))
        place["factors"].append(1.0)

    def scaled(self, tensor, result, factor):
        """What a matrix makes counts as it is used: many a multiplier stands behind its module. One behind a norm or a block
        belongs to what comes next."""
        path = getattr(tensor, "_widthwise_place", None)
        is_matrix = getattr(tensor, "_widthwise_multiplies", False)
        if not self.is_watching or path is None or not is_matrix or not self.places[path]["sums"]:
            return
        result._widthwise_place, result._widthwise_multiplies = path, True
        use = len(self.places[path]["sums"]) - 1
        self.multiples.setdefault(result.grad_fn, (path, use, abs(factor)))
        self.scale(path, use, abs(factor))

    def scale(self, path, use, factor):
        place = self.places[path]
        place["sums"][use] = tuple(factor * one for one in place["sums"][use])
        place["factors"][use] *= factor
        part = place["parts"][use] if use < len(place["parts"]) else None
        if part is not None:
            part.update({key: factor * part[key] for key in ("own", "carried")})

    def unscale(self, logits):
        """What multiplies queries or keys belongs to the logits that are made of them."""
        waiting, seen = [(logits.grad_fn, False)], set()
        while waiting and len(seen) < MOST_FOLLOWED:
            node, is_of_product = waiting.pop()
            if node is None or node in seen or node in self.ends:
                continue
            seen.add(node)
            if is_of_product and node in self.multiples:
                path, use, factor = self.multiples.pop(node)
                self.scale(path, use, 1 / factor)
            is_of_product = is_of_product or type(node).__name__.startswith("Bmm")
            waiting += [(one, is_of_product) for one, _ in node.next_functions]

    def product(self, query, key, lines):
        """Queries and keys, as far as they may be: their product comes before a softmax."""
        if self.is_watching and self.stack and query.dim() >= 3 and query.requires_grad and key.requires_grad:
            self.products[self.stack[-1]] = (query.detach(), key.detach(), lines.here())

    def logits(self, tensor):
        """What attention makes a softmax of, under the module that does so."""
        if not self.is_watching or not self.stack or not tensor.requires_grad:
            return
        self.unscale(tensor)
        owner = self.stack[-1]
        path = (owner + " " if owner else "") + "logits"
        place = self.place(path, "logits")
        values = tensor.detach()
        kept = values.masked_fill(~(values.abs() < -MASKED), 0.0)
        self.note(path, kept)
        # Entries that are masked are no part of the mean.
        shown = float((kept != 0).to(self.torch.float32).mean())
        if shown > 0:
            place["sums"][-1] = tuple(one / shown for one in place["sums"][-1])
        if owner in self.products:
            *sides, place["line"] = self.products.pop(owner)
            (query, moved_query), (key, moved_key) = (
                self.kept.size_and_move((path, side, self.calls[path]), one, self.step == 0)
                for side, one in enumerate(sides))
            place["parts"].append({"input": query * key, "inputUpdate": moved_query * key + query * moved_key,
                                   "own": math.nan, "carried": place["sums"][-1][1]})

    @contextlib.contextmanager
    def watching(self, step):
        """One forward pass."""
        self.step, self.calls, self.stack, self.products, self.is_watching = step, {}, [], {}, True
        self.ends, self.multiples = set(), {}
        try:
            yield
        finally:
            self.is_watching = False
            self.ends, self.multiples = set(), {}
            # How many times what a place makes is used, by its path.
            self.factors = {path: mean(place.pop("factors", [])) for path, place in self.places.items()}
            for place in self.places.values():
                sums, parts = place.pop("sums", []), place.pop("parts", [])
                for key, which in (("size", 0), ("update", 1)):
                    place[key].append(mean([one[which] for one in sums]))
                for key in ("input", "inputUpdate", "own", "carried"):
                    place[key].append(mean([one[key] if one else math.nan for one in parts]))

    def close(self):
        for handle in self.handles:
            handle.remove()


def mean(values):
    """The mean of all uses; None where one is not known."""
    return sum(values) / len(values) if values and all(math.isfinite(one) for one in values) else None


def without_dropout(model):
    """Modules that drop something at random, and hold nothing, do so no more; whether there were any that would."""
    dropping = [module for module in model.modules()
                if ("Drop" in type(module).__name__ or type(module).__name__ == "StochasticDepth")
                and next(module.parameters(), None) is None]
    for module in dropping:
        module.eval()
    return any((getattr(module, "p", None) or getattr(module, "drop_prob", None) or 0) > 0 for module in dropping)
