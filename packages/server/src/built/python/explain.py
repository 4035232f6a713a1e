"""What a model and its optimizers are at one width. Nothing is trained.

Of each parameter the sizes, the start and its group are told, and what one `step()` does to it: with a gradient of rank one,
how large the change is as a map, ‖ΔW‖₂ / √(fan_out / fan_in); with a gradient of 0, which part of it decays. Weights and the
optimizer's state are put back.
"""

import inspect
import math

from .factory import Built, finite, materialize, seeded
from .fans import Fans
from .optimizing import Optimizing, groups_of, warm_up


def start_of(torch, parameter):
    """How large the entries start: root mean square, mean, and how uncertain the first is, from their fourth moment."""
    if parameter.is_meta:
        return {"why": "is on the meta device and has no values: the factory should allocate and initialize it",
                "isLost": True}
    values = parameter.detach().cpu()
    values = values.abs() if values.is_complex() else values
    values = values.to(torch.float64).flatten()
    count = values.numel()
    if count == 0:
        return {"why": "is empty", "isLost": False}
    if not bool(torch.isfinite(values).all()):
        return {"why": "starts with values that are not finite", "isLost": True}
    square, fourth = float((values * values).mean()), float((values ** 4).mean())
    return size_and_spread(square, fourth, float(values.mean()), count, float(values.min()) == float(values.max()))


def size_and_spread(square, fourth, mean, count, is_constant):
    """A start, from the mean square, the mean fourth power and the mean of its entries."""
    spread = fourth / square ** 2 - 1 if square > 0 else 0.0
    return {"size": math.sqrt(square), "mean": mean, "isConstant": is_constant,
            "error": math.sqrt(max(spread, 0.0) / (4 * count))}


def measure(torch, factory, width, seed, is_first, lines):
    """One width, as a record."""
    seeded(torch, seed)
    with lines.watched():
        built = Built(torch, factory(width))
        materialize(torch, built)
    starts = {id(parameter): start_of(torch, parameter) for parameter, _, _, _ in built.parameters()}
    dtypes = {id(parameter): str(parameter.dtype).replace("torch.", "") for parameter, _, _, _ in built.parameters()}
    places_of = {id(parameter): lines.of(parameter, module, own) for parameter, module, own, _ in built.parameters()}
    # In half precision a step is lost in rounding.
    built.model.float()
    warmed = warm_up(built)
    optimizing = Optimizing(torch, built)
    measured, why = optimizing.measured(is_first) if built.optimizers else ({}, None)
    places, position = {}, 0
    for optimizer in built.optimizers:
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                places.setdefault(id(parameter), []).append(position)
            position += 1
    parameters = []
    for parameter, module, own, names in optimizing.entries:
        fans, dimensions = Fans(torch, parameter, module, own), parameter.dim()
        parameters.append({
            "name": names[0], "aliases": names[1:], "shape": list(parameter.shape), "dtype": dtypes[id(parameter)],
            "isLookup": fans.is_lookup, "isOriented": fans.is_oriented, "isTrained": parameter.requires_grad,
            "into": fans.axes_into(dimensions), "stacked": fans.axes_stacked(dimensions),
            "isFused": own == "in_proj_weight",
            "start": starts[id(parameter)], "groups": places.get(id(parameter), []),
            "step": measured.get(id(parameter)), "lines": places_of[id(parameter)],
        })
    known = {id(parameter) for parameter, _, _, _ in optimizing.entries}
    strangers = sum(1 for key in places if key not in known)
    source = None
    try:
        source = [inspect.getsourcefile(type(built.model)), inspect.getsourcelines(type(built.model))[1]]
    except (OSError, TypeError):
        pass
    return {"width": width, "model": type(built.model).__name__, "source": source, "parameters": parameters,
            "groups": groups_of(built), "strangers": strangers, "warmedUp": warmed, "stepWhy": why}
