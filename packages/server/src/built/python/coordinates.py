"""A coordinate check: a few steps at some widths and seeds, and what every place of the network does meanwhile."""

import math
import time

from .draws import Draws
from .factory import finite
from .fans import Fans, in_units, sizes_of
from .recorder import Recorder
from .training import Batches

# Up to so many rows or columns all singular values are computed; beyond, as many steps of bidiagonalization are made.
MOST_EXACT = 256
LANCZOS_STEPS = 24


def norms_of(torch, tensor, fans):
    """‖W‖₂·√(fan_in / fan_out); the mean of stacked ones."""
    values = tensor.detach()
    if not bool(torch.isfinite(values).all()):
        return math.nan
    is_small = min(fans.rows, fans.columns) <= MOST_EXACT
    sizes = sizes_of(torch, values, fans) if is_small else bidiagonal_sizes(torch, fans.matrices(values).to(torch.float32))
    return float(sizes.mean()) * math.sqrt(fans.into / fans.out)


def bidiagonal_sizes(torch, each):
    """The largest singular value of each matrix A of single precision, from below.

    Golub and Kahan: A·v_j = α_j·u_j + β_j−1·u_j−1 and Aᵀ·u_j = α_j·v_j + β_j·v_j+1 with v_1 random; ‖A‖₂ is then near that
    of the bidiagonal matrix of α and β. At the edge of a random matrix's spectrum a power iteration needs far more steps.
    """
    each, largest = in_units(each)
    unit = lambda vector, size: vector / size.clamp(min=1e-30)
    start = Draws(torch, 0).normal((each.shape[0], each.shape[2], 1)).to(each.device)
    right, left = unit(start, start.norm(dim=1, keepdim=True)), torch.zeros_like(each[:, :, :1])
    small = torch.zeros(each.shape[0], LANCZOS_STEPS, LANCZOS_STEPS, device=each.device)
    beta = torch.zeros(each.shape[0], 1, 1, device=each.device)
    for step in range(LANCZOS_STEPS):
        left = each @ right - beta * left
        alpha = left.norm(dim=1, keepdim=True)
        left = unit(left, alpha)
        right = each.transpose(1, 2) @ left - alpha * right
        beta = right.norm(dim=1, keepdim=True)
        right = unit(right, beta)
        small[:, step, step] = alpha[:, 0, 0]
        if step + 1 < LANCZOS_STEPS:
            small[:, step, step + 1] = beta[:, 0, 0]
    return largest.cpu() * torch.linalg.matrix_norm(small.cpu().double(), 2)


def factor_of(torch, parameter, module, own):
    """What a linear layer of a class of its own multiplies by, as mup's readout does; 1 where it does not, or that cannot
    be told."""
    if own != "weight" or not isinstance(module, torch.nn.Linear) or type(module) is torch.nn.Linear:
        return 1.0
    draws = Draws(torch, 0)
    weight = draws.normal(parameter.shape).to(parameter.device)
    # What knows how wide it is says so in attributes.
    weight.__dict__.update(parameter.__dict__)
    values = draws.normal((4, parameter.shape[1])).to(parameter.device)
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

    def note(self, factors):
        """Each as it is used: times what its layer multiplies by, and what the layer's result is multiplied by."""
        for parameter, first, fans, own, record in self.entries:
            behind = factors.get(record["name"].rpartition(".")[0])
            factor = own * (1.0 if behind is None else behind)
            record["norm"].append(finite(factor * norms_of(self.torch, parameter, fans)))
            record["update"].append(finite(factor * norms_of(self.torch, parameter.detach() - first, fans)))

    def records(self):
        return [record for _, _, _, _, record in self.entries]


class Check:
    """The runs of one factory."""

    def __init__(self, torch, factory, functions, steps):
        self.torch, self.factory, self.functions, self.steps = torch, factory, functions, steps
        self.batches = Batches(torch)

    def run(self, width, seed):
        """A record of what one width does with one seed."""
        torch, began = self.torch, time.perf_counter()
        training = self.batches.training(self.factory, width, seed)
        built = training.built
        weights = Weights(torch, built)
        recorder = Recorder(torch, built.model, weights)
        self.functions.recorder = recorder
        losses, stopped = [], None
        try:
            for step in range(self.steps + 1 if built.optimizers else 1):
                with recorder.watching(step):
                    output = training.output()
                loss = training.loss_of(output)
                weights.note(recorder.factors)
                losses.append(finite(loss))
                if losses[-1] is None:
                    stopped = step
                    break
                if step < self.steps:
                    training.advance(loss)
        finally:
            self.functions.recorder = None
            recorder.close()
        places = [place for place in recorder.places.values() if place["shape"] is not None]
        for place in places:
            place["gradient"] = [finite(one) for one in place["gradient"]]
        return {"width": width, "seed": seed, "losses": losses, "stoppedAt": stopped, "layers": places,
                "output": recorder.output, "weights": weights.records(), "isOptimized": bool(built.optimizers),
                "hadDropout": training.had_dropout or self.functions.had_dropout, "cast": training.cast, "halves": sorted(recorder.halves),
                "seconds": time.perf_counter() - began}
