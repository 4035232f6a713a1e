"""What a factory of the user's is, and what it returns."""

import importlib.util
import inspect
import math
import os
import random
import re
import sys
import sysconfig
import traceback
from pathlib import Path


class Refusal(Exception):
    """What the caller can mend, in one clause."""


def module_of(path):
    """The module of a file, which may stand in a package; the folder that its dotted name begins in, and that name."""
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
        return importlib.import_module(module_name), root, module_name
    if module_name in sys.modules or module_name in getattr(sys, "stdlib_module_names", ()):
        module_name = "_widthwise_" + file.stem
    spec = importlib.util.spec_from_file_location(module_name, str(file))
    if spec is None or spec.loader is None:
        raise Refusal("it is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module, root, file.stem


def load(path, name):
    """The factory of a file."""
    module, _, _ = module_of(path)
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
        self.loss = parts[1] if len(parts) > 1 and callable(parts[1]) and not optimizers_in(parts[1])[0] else None
        self.optimizers, self.schedulers = [], []
        # An optimizer is known by its parameters, wherever in the tuple it stands.
        for part in reversed(parts[1:]):
            optimizers, schedulers = optimizers_in(part)
            self.optimizers += [one for one in optimizers if all(one is not other for other in self.optimizers)]
            self.schedulers += schedulers
        if self.loss is None and len(parts) > 2 and parts[1] is not None and not any(optimizers_in(parts[1])):
            raise Refusal("its loss_fn is a %s, and a function or None is needed: (model, loss_fn, batch, optimizer)"
                          % type(parts[1]).__name__)
        self.batch = parts[2] if len(parts) > 2 and not optimizers_in(parts[2])[0] else None

    def outputs(self, inputs):
        """What the model makes of inputs: a tensor, several in a tuple, or named ones in a dict."""
        if isinstance(inputs, dict):
            return self.model(**inputs)
        return self.model(*inputs) if isinstance(inputs, (tuple, list)) else self.model(inputs)

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


def inputs_of(batch):
    """The inputs of a batch `(inputs, targets)`."""
    return batch[0] if isinstance(batch, (tuple, list)) else batch


def targets_of(batch):
    """Its targets; None where there are none."""
    return batch[1] if isinstance(batch, (tuple, list)) and len(batch) > 1 else None


def materialize(torch, built):
    """Lazy layers learn their sizes from a batch."""
    lazy = [names[0] for parameter, _, _, names in built.parameters()
            if isinstance(parameter, torch.nn.parameter.UninitializedParameter)]
    if not lazy:
        return
    if built.batch is None:
        raise Refusal("%s has no size before a batch was seen: return (model, None, (inputs, None), optimizer)" % lazy[0])
    with torch.no_grad():
        built.outputs(inputs_of(built.batch))


def finite(number):
    """A number that JSON can carry, or None."""
    try:
        number = float(number.detach() if hasattr(number, "detach") else number)
    except (TypeError, ValueError, RuntimeError):
        return None
    return number if math.isfinite(number) else None

def seeded(torch, seed):
    """Starts all streams of random numbers anew."""
    random.seed(seed)
    torch.manual_seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def sees_gpu():
    """Whether there is a GPU for torch."""
    torch = sys.modules.get("torch")
    return torch is not None and torch.cuda.is_available()


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
    if ("CUDA" in text or "NVIDIA" in text or "cuda" in text) and not sees_gpu():
        is_hidden = os.environ.get("CUDA_VISIBLE_DEVICES") == ""
        why = "the model is built on the CPU here; with --launch devices are its own choice" if is_hidden else "there is none here"
        return "it asks for CUDA, and %s (%s: %s)" % (why, name, text)
    if isinstance(error, MemoryError) or "alloc" in text and "memory" in text:
        place, wanted = " on the GPU" if "CUDA" in text else "", re.search(r"ried to allocate \S+ \w+", text)
        return "there is not enough memory%s for it (%s)" % (place, "t" + wanted.group() if wanted else text[:120])
    return "%s: %s" % (name, text) if text else name


def line_of(error, file):
    """The innermost line of the user's own code that an error passed, in whichever of the files."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    libraries = tuple(sysconfig.get_paths()[key] for key in ("stdlib", "purelib", "platlib"))
    own = [frame for frame in frames if frame.filename == file
           or frame.filename[:1] != "<" and not frame.filename.startswith(libraries)] or frames
    return [own[-1].filename, own[-1].lineno] if own else None
