"""Of the change of what a layer makes, the part that is its own weight's and the part that its input brings.

    y_t − y_0 = (W_t − W_0) x_t + W_0 (x_t − x_0)

Where the first grows with the width the weight moves too far; where the second does and the change of the input does not,
the weight starts too large.
"""

import math

# So many rows of the input, or so many images.
ROWS = 64
IMAGES = 2


class Parts:
    """The layers of a model that are one weight applied to one input."""

    def __init__(self, torch, weights):
        self.torch = torch
        self.started = {id(parameter): first for parameter, first, _, _, _ in weights.entries}
        self.inputs = {}

    def of(self, module, inputs, use, step):
        """Mean sizes of input, its change and both parts; None where the module is no such layer."""
        weight = module._parameters.get("weight")
        first = self.started.get(id(weight)) if weight is not None else None
        is_plain = first is not None and len(inputs) == 1 and isinstance(inputs[0], self.torch.Tensor)
        if not is_plain or any(True for _ in module.children()):
            return None
        torch = self.torch
        with torch.no_grad():
            few = self.few(inputs[0].detach(), weight)
            if step == 0:
                self.inputs[id(module), use] = few.clone()
            before = self.inputs.get((id(module), use))
            if before is None or before.shape != few.shape:
                return None
            own = self.applied(module, weight.detach() - first, few)
            if not few.is_floating_point():
                return {"input": 1.0, "inputUpdate": 0.0, "own": own, "carried": 0.0}
            return {"input": float(few.abs().mean()), "inputUpdate": float((few - before).abs().mean()), "own": own,
                    "carried": self.applied(module, first, few - before)}

    def few(self, tensor, weight):
        """Of many rows alike some that stand apart from each other."""
        if not tensor.is_floating_point():
            rows = tensor.flatten()
        elif weight.dim() > 2:
            return tensor[:IMAGES]
        else:
            rows = tensor.reshape(-1, tensor.shape[-1])
        return rows[:: max(1, rows.shape[0] // ROWS)][:ROWS]

    def applied(self, module, weight, values):
        """Mean |what the layer makes of values with that weight|, without its bias."""
        own = dict(module._parameters)
        # What knows how wide it is, as a weight with base shapes, says so in attributes.
        weight.__dict__.update(own["weight"].__dict__)
        try:
            module._parameters["weight"] = weight
            if own.get("bias") is not None:
                module._parameters["bias"] = self.torch.zeros_like(own["bias"])
            return float(module.forward(values).abs().mean())
        except Exception:
            # A layer that wants its input whole.
            return math.nan
        finally:
            module._parameters.update(own)
