"""Builds what a factory makes at some widths and says what it is and what its optimizer does, as JSON lines.

    python probe.py '{"file": …, "factory": …, "widths": [64, 128, 256], "memory": bytes or null, "seed": 0}'

Nothing is trained. Of each parameter the sizes, the start and its group are told, and what one `step()` does to it: with a
gradient of rank one, how large the change is as a map, ‖ΔW‖₂ / √(fan_out / fan_in); with a gradient of 0, which part of it
decays. Weights and the optimizer's state are put back.

Standard library and torch alone; Python 3.8 and torch 1.13 are enough. What the factory prints goes to standard error, its
standard input is empty, and the process ends with its parent.
"""

import sys

if sys.version_info < (3, 8):
    sys.stdout.write('{"event": "failed", "stage": "python", "why": "Python 3.8 or newer is needed, this is %d.%d"}\n'
                     % sys.version_info[:2])
    sys.exit(1)

import copy
import importlib.util
import inspect
import ipaddress
import json
import math
import os
import random
import signal
import threading
import time
import traceback
from pathlib import Path


class Channel:
    """Standard output for records alone: what the factory prints goes to standard error from here on."""

    def __init__(self):
        self.descriptor = os.dup(1)
        os.dup2(2, 1)

    def say(self, event, **record):
        line = (json.dumps({"event": event, **record}, allow_nan=False) + "\n").encode()
        while line:
            line = line[os.write(self.descriptor, line):]


def end_group():
    """Ends this process and those it has started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def end_with_parent():
    """Standard input is the parent's lifeline: it ends when the parent does. The factory sees an empty one."""
    lifeline = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)

    def wait():
        while os.read(lifeline, 4096):
            pass
        end_group()

    threading.Thread(target=wait, daemon=True).start()


def resident_bytes():
    """The memory that is in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def limit_memory(most, channel):
    """An allocation beyond the limit is refused where the system can do so; elsewhere the process ends, and says why."""
    try:
        import resource
        with open("/proc/self/status") as status:
            data = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData"))
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        if hard == resource.RLIM_INFINITY or hard > data + most:
            resource.setrlimit(resource.RLIMIT_DATA, (data + most, hard))
    except (ImportError, OSError, StopIteration, ValueError, AttributeError):
        pass

    def watch():
        while True:
            if resident_bytes() > most:
                channel.say("failed", stage="memory", why="more than %.1f GB of memory" % (most / 1e9))
                end_group()
            time.sleep(0.1)

    threading.Thread(target=watch, daemon=True).start()


def is_this_machine(host):
    """A path, no host, a name of this machine, or an address that does not leave it."""
    if not isinstance(host, str) or not host or "/" in host or host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_network():
    """Nothing is fetched: a connection that leaves this machine is refused."""

    def hook(event, arguments):
        if event not in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
            return
        host = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
        host = host[0] if isinstance(host, tuple) else host
        if isinstance(host, bytes):
            host = host.decode("utf-8", "replace")
        if not is_this_machine(host):
            raise PermissionError("it asks for %s over the network, which widthwise does not allow" % host)

    sys.addaudithook(hook)


class Refusal(Exception):
    """What the caller can mend, in one clause."""


def load(path, name):
    """The factory of a file, which may stand in a package."""
    file = Path(path).resolve()
    root, dotted = file.parent, [file.stem]
    while (root / "__init__.py").exists():
        dotted.insert(0, root.name)
        root = root.parent
    for folder in (os.getcwd(), str(root)):
        if folder in sys.path:
            sys.path.remove(folder)
        sys.path.insert(0, folder)
    sys.argv = [str(file)]
    module_name = ".".join(dotted)
    if len(dotted) > 1 and file.stem != "__init__":
        module = importlib.import_module(module_name)
    else:
        if module_name in sys.modules or module_name in getattr(sys, "stdlib_module_names", ()):
            module_name = "_widthwise_" + file.stem
        spec = importlib.util.spec_from_file_location(module_name, str(file))
        if spec is None or spec.loader is None:
            raise Refusal("it is no Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            own = [key for key, value in vars(module).items() if inspect.isfunction(value) and not key.startswith("_")
                   and value.__module__ == module.__name__]
            raise Refusal("it has no %s%s" % (name, "; it defines " + ", ".join(own[:8]) if own else ""))
        found = getattr(found, part)
    if not callable(found):
        raise Refusal("%s is no function: it is called with a width" % name)
    return found


def optimizers_in(value):
    """The optimizers of a value, however they are packed, and the schedulers."""
    if value is None or isinstance(value, (str, bytes, int, float)):
        return [], []
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        each = [optimizers_in(one) for one in value]
        return [o for one, _ in each for o in one], [s for _, one in each for s in one]
    if hasattr(value, "param_groups") and callable(getattr(value, "step", None)):
        return [value], []
    if callable(getattr(value, "step", None)) and callable(getattr(value, "get_last_lr", None)):
        return [], [value]
    inner = getattr(value, "optimizers", None) or getattr(value, "optimizer", None)
    return optimizers_in(inner) if inner is not None and not callable(inner) else ([], [])


class Built:
    """What a factory returned at one width: the model alone, or up to four of (model, loss_fn, batch, optimizer)."""

    def __init__(self, torch, returned):
        parts = list(returned) if isinstance(returned, (tuple, list)) else [returned]
        if not parts or not isinstance(parts[0], torch.nn.Module):
            kind = type(parts[0]).__name__ if parts else "nothing"
            raise Refusal("it returns %s, and a torch.nn.Module or a tuple that begins with one is needed" % kind)
        if len(parts) > 4:
            raise Refusal("it returns %d things, and (model, loss_fn, batch, optimizer) are four" % len(parts))
        model = parts[0]
        self.model = getattr(model, "_orig_mod", model)
        self.optimizers, self.schedulers = [], []
        # An optimizer is known by its parameters, wherever in the tuple it stands.
        for part in reversed(parts[1:]):
            optimizers, schedulers = optimizers_in(part)
            self.optimizers += [one for one in optimizers if all(one is not other for other in self.optimizers)]
            self.schedulers += schedulers
        self.batch = parts[2] if len(parts) > 2 and not optimizers_in(parts[2])[0] else None

    def parameters(self):
        """Every parameter once, under its first name, with the others and the module that holds it."""
        named = {}
        for path, module in self.model.named_modules(remove_duplicate=False):
            for own, parameter in module._parameters.items():
                if parameter is None:
                    continue
                name = (path + "." if path else "") + own
                entry = named.setdefault(id(parameter), (parameter, module, own, []))
                entry[3].append(name)
        return list(named.values())


def materialize(torch, built):
    """Lazy layers learn their sizes from a batch."""
    lazy = [names[0] for parameter, _, _, names in built.parameters()
            if isinstance(parameter, torch.nn.parameter.UninitializedParameter)]
    if not lazy:
        return
    if built.batch is None:
        raise Refusal("%s has no size before a batch was seen: return (model, None, (inputs, None), optimizer)" % lazy[0])
    inputs = built.batch[0] if isinstance(built.batch, (tuple, list)) else built.batch
    with torch.no_grad():
        if isinstance(inputs, dict):
            built.model(**inputs)
        elif isinstance(inputs, (tuple, list)):
            built.model(*inputs)
        else:
            built.model(inputs)


def finite(number):
    """A number that JSON can carry, or None."""
    try:
        number = float(number)
    except (TypeError, ValueError, RuntimeError):
        return None
    return number if math.isfinite(number) else None


def start_of(torch, parameter):
    """How large the entries start: root mean square, mean, and how uncertain the first is, from their fourth moment."""
    if parameter.is_meta:
        return {"why": "is on the meta device and has no values: the factory should allocate and initialize it"}
    values = parameter.detach()
    values = values.abs() if values.is_complex() else values
    values = values.to(torch.float64).flatten()
    count = values.numel()
    if count == 0:
        return {"why": "is empty"}
    if not bool(torch.isfinite(values).all()):
        return {"why": "starts with values that are not finite"}
    square = float((values * values).mean())
    low, high = float(values.min()), float(values.max())
    spread = float((values ** 4).mean()) / square ** 2 - 1 if square > 0 else 0.0
    return {"size": math.sqrt(square), "mean": float(values.mean()), "isConstant": low == high,
            "error": math.sqrt(max(spread, 0.0) / (4 * count))}


# Modules whose weight is not out × in.
LOOKUPS = ("Embedding", "EmbeddingBag")
TRANSPOSED = ("Conv1D", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d")
# Modules whose weights are used as their names say, also under a class of another library.
ORIENTED = ("Linear", "Bilinear", "RNNBase", "RNNCellBase", "MultiheadAttention") + LOOKUPS + TRANSPOSED


class Fans:
    """How a parameter is read as a map: rows are what it makes, columns what it sums over; a vector is n × 1."""

    def __init__(self, torch, parameter, module, own):
        shape = list(parameter.shape)
        bases = [base.__name__ for base in type(module).__mro__]
        self.is_lookup = len(shape) == 2 and any(name in bases for name in LOOKUPS)
        is_conv = any(name.startswith("_Conv") for name in bases)
        # Of a parameter that a module of the user's own holds nobody says which of its axes is summed over.
        is_layer = is_conv or any(base in ORIENTED or base.endswith("Linear") for base in bases)
        self.is_oriented = is_layer and ("weight" in own or "bias" in own)
        is_plain = not self.is_oriented or (len(shape) > 2 and not is_conv)
        if is_plain and sum(1 for size in shape if size > 1) <= 1:
            shape = [parameter.numel()]
            self.is_oriented = True
        self.dimensions = len(shape)
        self.transposed = self.is_lookup or (any(name in bases for name in TRANSPOSED) and len(shape) > 1)
        # Stacked matrices, as of experts: each is a map of its own.
        self.stacked = len(shape) > 2 and not is_conv
        if len(shape) < 2:
            self.rows, self.columns = max(1, parameter.numel()), 1
        elif self.stacked:
            self.rows, self.columns = shape[-2], shape[-1]
        else:
            self.rows, self.columns = shape[0], parameter.numel() // max(1, shape[0])
        self.out, self.into = (self.columns, self.rows) if self.transposed else (self.rows, self.columns)

    def matrices(self, tensor):
        return tensor.reshape(-1, self.rows, self.columns)

    def axes_into(self, dimensions):
        """The axes that are summed over."""
        if self.dimensions < 2:
            return []
        if self.stacked:
            return [dimensions - 1]
        return [0] if self.transposed else list(range(1, dimensions))

    def axes_stacked(self, dimensions):
        return list(range(dimensions - 2)) if self.stacked else []


def sizes_of(torch, tensor, fans):
    """The largest singular value of each matrix, of the smaller side's Gram."""
    each = fans.matrices(tensor).to(torch.float32)
    if fans.rows == 1 or fans.columns == 1:
        return each.flatten(1).norm(dim=1)
    gram = each.transpose(1, 2) @ each if fans.rows >= fans.columns else each @ each.transpose(1, 2)
    if gram.shape[-1] <= 1024:
        return torch.linalg.eigvalsh(gram.double())[:, -1].clamp(min=0).sqrt()
    vector = torch.ones(gram.shape[0], gram.shape[-1], 1)
    for _ in range(50):
        vector = gram @ vector
        vector = vector / vector.norm(dim=1, keepdim=True).clamp(min=1e-30)
    return (gram @ vector).norm(dim=(1, 2)).sqrt()


def signed(torch, count, generator):
    """Numbers of both signs between ½ and 1½, of root mean square 1: none is near 0."""
    size = torch.rand(count, generator=generator) + 0.5
    sign = torch.randint(0, 2, (count,), generator=generator) * 2.0 - 1.0
    values = size * sign
    return values / values.pow(2).mean().sqrt()


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
        generator = torch.Generator().manual_seed(seed)
        rows, columns = signed(torch, fans.rows, generator), signed(torch, fans.columns, generator)
        one = torch.outer(rows, columns) / fans.out
        count = parameter.numel() // max(1, fans.rows * fans.columns)
        return one.expand(count, -1, -1).reshape(parameter.shape).to(parameter.dtype).contiguous()

    def full_gradient(self, parameter, seed):
        """The same with all other directions, too, each much smaller: some optimizers share one size among directions."""
        noise = self.torch.randn(parameter.shape, generator=self.torch.Generator().manual_seed(seed + 7919))
        scale = 0.3 / self.fans[id(parameter)].out
        return self.gradient(parameter, seed) + (scale * noise).to(parameter.dtype)

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
        one = fans.matrices(change)[0].float()
        gram = one.T @ one if fans.rows >= fans.columns else one @ one.T
        values = torch.linalg.eigvalsh(gram.double()).clamp(min=0).sqrt()
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


def measure(torch, factory, width, seed, is_first):
    """One width, as a record."""
    random.seed(seed)
    torch.manual_seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    built = Built(torch, factory(width))
    materialize(torch, built)
    starts = {id(parameter): start_of(torch, parameter) for parameter, _, _, _ in built.parameters()}
    dtypes = {id(parameter): str(parameter.dtype).replace("torch.", "") for parameter, _, _, _ in built.parameters()}
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
            "module": type(module).__name__, "isLookup": fans.is_lookup, "isOriented": fans.is_oriented, "isTrained": parameter.requires_grad,
            "into": fans.axes_into(dimensions), "stacked": fans.axes_stacked(dimensions),
            "isFused": own == "in_proj_weight",
            "start": starts[id(parameter)], "groups": places.get(id(parameter), []),
            "step": measured.get(id(parameter)),
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


def told(error):
    """An error in one line."""
    text = str(error).strip().split("\n")[0][:300]
    name = type(error).__name__
    if isinstance(error, Refusal):
        return text
    if isinstance(error, SystemExit):
        return "it calls sys.exit(%s)" % ("" if error.code is None else str(error.code)[:80])
    if isinstance(error, EOFError):
        return "it reads from standard input, which is empty here"
    if "CUDA" in text or "NVIDIA" in text or "cuda" in text:
        return "it asks for CUDA, and the model is built on the CPU here (%s: %s)" % (name, text)
    if isinstance(error, MemoryError) or "alloc" in text and "memory" in text:
        return "there is not enough memory for it (%s)" % text[:120]
    return "%s: %s" % (name, text) if text else name


def line_of(error, file):
    """The innermost line of the user's own file that an error passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [frame for frame in frames if frame.filename == file] or frames
    return [own[-1].filename, own[-1].lineno] if own else None


def main():
    request = json.loads(sys.argv[1])
    channel = Channel()
    end_with_parent()
    began = time.perf_counter()
    refuse_network()
    sys.path.pop(0)
    try:
        import torch
    except Exception as error:
        channel.say("failed", stage="torch", why=told(error), python=sys.version.split()[0])
        os._exit(1)
    torch.set_num_threads(request.get("threads") or 1)
    channel.say("ready", python=sys.version.split()[0], torch=str(torch.__version__),
                seconds=time.perf_counter() - began)
    if request.get("memory"):
        limit_memory(request["memory"], channel)
    file = str(Path(request["file"]).resolve())
    try:
        factory = load(file, request["factory"])
    except BaseException as error:
        channel.say("failed", stage="import", why=told(error), line=line_of(error, file))
        os._exit(1)
    for place, width in enumerate(request["widths"]):
        started = time.perf_counter()
        try:
            record = measure(torch, factory, width, request.get("seed", 0), place == 0)
            channel.say("width", seconds=time.perf_counter() - started, **record)
        except BaseException as error:
            channel.say("failed", stage="width", width=width, why=told(error), line=line_of(error, file))
    channel.say("done", seconds=time.perf_counter() - began)
    # Threads and workers of the factory do not hold the process up.
    sys.stderr.flush()
    end_quietly()


def end_quietly():
    """Ends, and takes along what the factory has started and left."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()
