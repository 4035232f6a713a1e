"""A coordinate check: a few steps at some widths and seeds, and what every place of the network does meanwhile."""

import math
import time

from .factory import Built, Refusal, finite, inputs_of, materialize, seeded, targets_of
from .fans import Fans
from .optimizing import warm_up
from .recorder import Recorder, tensor_in, without_dropout

POWER_STEPS = 24


def norms_of(torch, tensor, fans):
    """‖W‖₂·√(fan_in / fan_out), by power iteration; the mean of stacked ones."""
    each = fans.matrices(tensor.detach()).to(torch.float32)
    generator = torch.Generator().manual_seed(0)
    vector = torch.randn(each.shape[0], each.shape[2], 1, generator=generator).to(each.device)
    size = torch.zeros(each.shape[0])
    for _ in range(POWER_STEPS):
        made = each @ (vector / vector.norm(dim=1, keepdim=True).clamp(min=1e-30))
        size = made.norm(dim=(1, 2))
        vector = each.transpose(1, 2) @ made
    return float(size.mean()) * math.sqrt(fans.into / fans.out)


def factor_of(torch, parameter, module, own):
    """What a linear layer of a class of its own multiplies by, as mup's readout does; 1 where it does not, or that cannot
    be told."""
    if own != "weight" or not isinstance(module, torch.nn.Linear) or type(module) is torch.nn.Linear:
        return 1.0
    generator = torch.Generator().manual_seed(0)
    weight = torch.randn(parameter.shape, generator=generator)
    # What knows how wide it is says so in attributes.
    weight.__dict__.update(parameter.__dict__)
    values = torch.randn(4, parameter.shape[1], generator=generator)
    kept = dict(module._parameters)
    try:
        module._parameters.update({key: None if value is None else torch.zeros_like(value) for key, value in kept.items()})
        module._parameters["weight"] = weight
        with torch.no_grad():
            ratio = (module.forward(values) / (values @ weight.T)).abs()
        middle = float(ratio.median())
        return middle if float((ratio - middle).abs().max()) < 1e-2 * middle else 1.0
    except Exception:
        return 1.0
    finally:
        module._parameters.update(kept)


class Weights:
    """The matrices that are trained, and what they started as."""

    def __init__(self, torch, built):
        self.torch = torch
        self.entries = []
        for parameter, module, own, names in built.parameters():
            fans = Fans(torch, parameter, module, own)
            is_matrix = parameter.dim() > 1 and fans.is_oriented and not parameter.is_complex()
            if parameter.requires_grad and is_matrix and parameter.numel() > 0:
                record = {"name": names[0], "norm": [], "update": []}
                factor = factor_of(torch, parameter, module, own)
                self.entries.append((parameter, parameter.detach().clone(), fans, factor, record))

    def note(self):
        for parameter, first, fans, factor, record in self.entries:
            record["norm"].append(finite(factor * norms_of(self.torch, parameter, fans)))
            record["update"].append(finite(factor * norms_of(self.torch, parameter.detach() - first, fans)))

    def records(self):
        return [record for _, _, _, _, record in self.entries]


def same_kind(torch, one, other):
    """Whether two batches have the same shapes, so that all widths can see the same one."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.shape == other.shape and one.dtype == other.dtype
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(
            same_kind(torch, one[key], other[key]) for key in one)
    if isinstance(one, (tuple, list)):
        return isinstance(other, (tuple, list)) and len(one) == len(other) and all(
            same_kind(torch, *pair) for pair in zip(one, other))
    return one is None and other is None or type(one) is type(other)


def in_single(torch, value):
    """A batch in the precision of the model, which is single here."""
    if isinstance(value, torch.Tensor):
        return value.float() if value.is_floating_point() else value
    if isinstance(value, dict):
        return {key: in_single(torch, one) for key, one in value.items()}
    if type(value) in (tuple, list):
        return type(value)(in_single(torch, one) for one in value)
    return value


class Check:
    """The runs of one factory."""

    def __init__(self, torch, factory, functions, steps):
        self.torch, self.factory, self.functions, self.steps = torch, factory, functions, steps
        self.batches = {}

    def run(self, width, seed):
        """A record of what one width does with one seed."""
        torch, began = self.torch, time.perf_counter()
        seeded(torch, seed)
        built = Built(torch, self.factory(width))
        materialize(torch, built)
        if built.batch is None:
            raise Refusal("it returns no batch: return (model, loss_fn, (inputs, targets), optimizer)")
        batch = self.batches.setdefault(seed, built.batch)
        batch = in_single(torch, batch if same_kind(torch, batch, built.batch) else built.batch)
        built.model.float()
        built.model.train()
        dropped = without_dropout(built.model)
        warm_up(built)
        weights = Weights(torch, built)
        recorder = Recorder(torch, built.model, weights)
        self.functions.recorder = recorder
        losses, stopped = [], None
        try:
            for step in range(self.steps + 1 if built.optimizers else 1):
                loss = self.forward(built, batch, recorder, step)
                weights.note()
                losses.append(finite(loss))
                if losses[-1] is None:
                    stopped = step
                    break
                if step < self.steps:
                    self.advance(built, loss)
        finally:
            self.functions.recorder = None
            recorder.close()
        places = [place for place in recorder.places.values() if place["shape"] is not None]
        for place in places:
            place["gradient"] = [finite(one) for one in place["gradient"]]
        return {"width": width, "seed": seed, "losses": losses, "stoppedAt": stopped, "layers": places,
                "output": recorder.output, "weights": weights.records(), "isOptimized": bool(built.optimizers),
                "hadDropout": dropped, "seconds": time.perf_counter() - began}

    def forward(self, built, batch, recorder, step):
        with recorder.watching(step):
            output = built.outputs(inputs_of(batch))
        if built.loss is not None:
            loss = built.loss(output, targets_of(batch))
            if not isinstance(loss, self.torch.Tensor) or loss.numel() != 1:
                raise Refusal("its loss_fn returns no tensor of one number")
            return loss
        features = tensor_in(self.torch, output)
        if features is None:
            raise Refusal("its model returns no tensor that depends on a parameter")
        return features.to(self.torch.float32).pow(2).mean()

    def advance(self, built, loss):
        for parameter, _, _, _ in built.parameters():
            parameter.grad = None
        loss.backward()
        for optimizer in built.optimizers:
            try:
                optimizer.step()
            except TypeError as error:
                if "closure" in str(error):
                    raise Refusal("its optimizer's step() wants a closure") from error
                raise
