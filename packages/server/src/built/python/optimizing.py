"""What the optimizers of a model do to it in one step."""

import copy
import math

from .draws import Draws
from .factory import finite, told
from .fans import Fans, in_units, sizes_of


class Optimizing:
    """What the optimizers of a model do to it in one step, from the state in which they are."""

    def __init__(self, torch, built):
        self.torch, self.built = torch, built
        self.entries = built.parameters()
        self.trained = [entry for entry in self.entries
                        if entry[0].requires_grad and not entry[0].is_meta and not entry[0].is_complex()]
        self.fans = {id(entry[0]): Fans(torch, *entry[:3]) for entry in self.trained}

    def gradient(self, parameter, seed):
        """Of rank one, as large as theory has it: its entries are ∝ 1 / fan_out."""
        torch, fans = self.torch, self.fans[id(parameter)]
        draws = Draws(torch, seed)
        rows, columns = draws.signed(fans.rows), draws.signed(fans.columns)
        one = torch.outer(rows, columns) / fans.out
        count = parameter.numel() // max(1, fans.rows * fans.columns)
        return one.expand(count, -1, -1).reshape(parameter.shape).to(parameter.device, parameter.dtype).contiguous()

    def full_gradient(self, parameter, seed):
        """The same with all other directions, too, each much smaller: some optimizers share one size among directions."""
        noise = Draws(self.torch, seed + 7919).normal(parameter.shape)
        scale = 0.3 / self.fans[id(parameter)].out
        return self.gradient(parameter, seed) + (scale * noise).to(parameter.device, parameter.dtype)

    def after_step(self, gradient, without_decay):
        """How each parameter changes in one step; everything is put back."""
        torch = self.torch
        with torch.no_grad():
            before = [parameter.detach().clone() for parameter, _, _, _ in self.entries]
        kept = [self.snapshot(one) for one in self.built.optimizers]
        for one in self.built.optimizers:
            for group in one.param_groups:
                if without_decay and "weight_decay" in group:
                    group["weight_decay"] = 0.0
        try:
            for parameter, _, _, _ in self.entries:
                parameter.grad = None
            for index, (parameter, _, _, _) in enumerate(self.trained):
                parameter.grad = gradient(parameter, index)
            for one in self.built.optimizers:
                one.step()
            known = {id(parameter): start for (parameter, _, _, _), start in zip(self.entries, before)}
            with torch.no_grad():
                return {id(parameter): parameter.detach() - known[id(parameter)]
                        for parameter, _, _, _ in self.trained}
        finally:
            with torch.no_grad():
                for (parameter, _, _, _), start in zip(self.entries, before):
                    parameter.copy_(start)
                    parameter.grad = None
            for one, state in zip(self.built.optimizers, kept):
                one.__dict__.clear()
                one.__dict__.update(state)

    def snapshot(self, optimizer):
        """What an optimizer knows, apart from the parameters and itself."""
        same = {id(parameter): parameter for parameter, _, _, _ in self.entries}
        same[id(optimizer)], same[id(self.built.model)] = optimizer, self.built.model
        for group in optimizer.param_groups:
            same.update({id(parameter): parameter for parameter in group["params"]})
        return {key: copy.deepcopy(value, same) for key, value in optimizer.__dict__.items()}

    def measured(self, is_first):
        """By parameter: what a step does, or why that is not known. What kind of step it is is asked at the first width."""
        torch = self.torch
        nothing = lambda parameter, _: torch.zeros_like(parameter)
        try:
            rest = self.after_step(nothing, without_decay=False)
            step = self.after_step(self.gradient, without_decay=True)
            full = self.after_step(self.full_gradient, without_decay=True)
            # A decay that stands elsewhere than in the groups is still in that step.
            still = {} if self.decays_by_groups(rest) else self.after_step(nothing, without_decay=True)
            larger = self.after_step(lambda *which: 4 * self.gradient(*which), without_decay=True) if is_first else {}
        except Exception as error:
            if isinstance(error, TypeError) and "closure" in str(error):
                return {}, "its step() wants a closure, so what it does is not measured"
            return {}, "its step() fails on a gradient of rank one: " + told(error)
        records = {}
        for parameter, _, _, _ in self.trained:
            key = id(parameter)
            moved = {"step": step[key] - still.get(key, 0.0), "full": full[key] - still.get(key, 0.0)}
            records[key] = self.numbers(parameter, moved["step"], rest[key])
            size = self.size_of(parameter, moved["full"])
            records[key]["updateOfFullRank"] = size
            if is_first:
                records[key]["isOrthogonal"] = self.is_orthogonal(parameter, moved["full"])
                other = larger[key] - still.get(key, 0.0)
                records[key]["isScaleFree"] = (bool(moved["step"].any()) and
                                               float((other - moved["step"]).norm()) < 0.05 * float(moved["step"].norm()))
        return records, None

    def size_of(self, parameter, change):
        """‖ΔW‖₂ / √(fan_out / fan_in)."""
        fans = self.fans[id(parameter)]
        if not bool(self.torch.isfinite(change).all()):
            return None
        return finite(float(sizes_of(self.torch, change, fans).mean()) / math.sqrt(fans.out / fans.into))

    def is_orthogonal(self, parameter, change):
        """Whether a gradient of one large and many small directions moves all of them alike."""
        torch, fans = self.torch, self.fans[id(parameter)]
        if not 4 <= min(fans.rows, fans.columns) <= 1024 or not bool(torch.isfinite(change).all()):
            return False
        one = in_units(fans.matrices(change)[:1].float())[0][0]
        gram = one.T @ one if fans.rows >= fans.columns else one @ one.T
        values = torch.linalg.eigvalsh(gram.cpu().double()).clamp(min=0).sqrt()
        return float(values[-1]) > 0 and float(values.median()) > 0.4 * float(values[-1])

    def decays_by_groups(self, rest):
        """Whether nothing moves without a gradient but where a group says so."""
        said = set()
        for optimizer in self.built.optimizers:
            for group in optimizer.param_groups:
                if group.get("weight_decay"):
                    said.update(id(parameter) for parameter in group["params"])
        return all(key in said or not bool(change.any()) for key, change in rest.items())

    def numbers(self, parameter, change, rest):
        torch = self.torch
        weight = parameter.detach().float()
        largest = float(change.abs().max()) if change.numel() else 0.0
        record = {"update": None, "decayed": None}
        if not math.isfinite(largest):
            record["updateWhy"] = "one step makes it infinite or NaN"
        elif 0 < largest < 64 * torch.finfo(torch.float32).eps * float(weight.abs().max()):
            record["updateWhy"] = "one step is too small beside it to be measured"
        else:
            record["update"] = self.size_of(parameter, change)
        square = float((weight * weight).sum())
        if square > 0:
            part = -float((rest.float() * weight).sum()) / square
            off = float((rest.float() + part * weight).norm()) / math.sqrt(square)
            record["decayed"] = finite(part)
            # Decay inside of an adaptive step is no longer in proportion to the weight.
            record["decaysInProportion"] = off <= max(1e-5, 0.02 * abs(part))
        return record


def label_of(optimizer, group):
    """The optimizer's class, and what a group of a mixed one says it is."""
    name = type(optimizer).__name__
    for key in ("kind", "optimizer", "algorithm"):
        if isinstance(group.get(key), str):
            return "%s (%s)" % (name, group[key])
    if isinstance(group.get("use_muon"), bool):
        return "%s (%s)" % (name, "muon" if group["use_muon"] else "adam")
    return name


KNOWN_KEYS = ("params", "lr", "weight_decay", "betas", "eps", "momentum", "initial_lr", "kind", "optimizer")


def groups_of(built):
    groups = []
    for place, optimizer in enumerate(built.optimizers):
        for group in optimizer.param_groups:
            betas = group.get("betas")
            groups.append({
                "optimizer": label_of(optimizer, group), "instance": place,
                "learningRate": finite(group.get("lr")), "weightDecay": finite(group.get("weight_decay")),
                "betas": [finite(one) for one in betas] if isinstance(betas, (tuple, list)) else None,
                "epsilon": finite(group.get("eps")), "momentum": finite(group.get("momentum")),
                "others": {key: finite(value) for key, value in group.items() if key not in KNOWN_KEYS
                           and isinstance(value, (int, float)) and not isinstance(value, bool)},
            })
    return groups


def warm_up(built):
    """Advances schedules that begin at a rate of 0 until no rate is 0; how many steps that takes."""
    rates = lambda: [finite(group.get("lr")) for one in built.optimizers for group in one.param_groups]
    if not built.schedulers:
        return 0
    for steps in range(100):
        if all(rate is None or rate > 0 for rate in rates()):
            return steps
        for scheduler in built.schedulers:
            scheduler.step()
    return 100

