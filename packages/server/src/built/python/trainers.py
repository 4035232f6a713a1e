"""The optimizer that a factory uses: a method of the model's own, else the call in the files around, else AdamW."""

import ast
import inspect
import re

from .subject import read_off, tree_of

# What loads, saves or steps one is no maker, and is not called.
NAME = re.compile(r"^(get|default|make|build|create|configure|setup)_(\w+_)?optim(i[sz]ers?)?$", re.I)
STARTS = re.compile(r"^(init_weights|initialize_weights|init_parameters|reset_parameters|initialize)$")
KNOWN = ("SGD", "Adam", "AdamW", "NAdam", "RAdam", "RMSprop", "Adamax", "Adagrad")
# Those of mup, and what they stand in for beside set_base_shapes.
OF_MUP = {"SGD": "MuSGD", "Adam": "MuAdam", "AdamW": "MuAdamW"}
MADE_UP = (
    (re.compile(r"^(lr|learning_rate|max_lr)$", re.I), "1e-3"),
    (re.compile(r"decay|^wd$", re.I), "0.1"),
    (re.compile(r"betas", re.I), "(0.9, 0.95)"),
    (re.compile(r"device", re.I), '"cpu"'),
    (re.compile(r"eps", re.I), "1e-8"),
    (re.compile(r"momentum", re.I), "0.9"),
    (re.compile(r"lr|rate", re.I), "1e-3"),
)


class Trainer:
    """An optimizer as it is written, where it is from, and its name where mup has it."""

    def __init__(self, call, says, of_mup=None):
        self.call, self.says, self.of_mup = call, says, of_mup


def trainer_of(name, arguments, says, uses_mup):
    """A call of an optimizer on all parameters: mup's where the model is one of mup's."""
    of_mup = name if name in OF_MUP.values() else OF_MUP.get(name) if uses_mup else None
    if of_mup is not None and of_mup != name:
        says += "; %s stands in for torch's %s, as the model has base shapes" % (of_mup, name)
    return Trainer("%s(model.parameters(), %s)" % (of_mup or "torch.optim." + name, arguments), says, of_mup)


def value_of(name, tree):
    """What an argument is given; None where its name says nothing."""
    known = next((value for pattern, value in MADE_UP if pattern.search(name)), None)
    if known is not None:
        return known
    read = [(key, value_of(key, None)) for key in read_off(tree, name)]
    if not read or any(value is None for _, value in read):
        return None
    return "SimpleNamespace(%s)" % ", ".join("%s=%s" % pair for pair in read)


def trainers(subject, model):
    """What may be tried, the model's own first."""
    for name, method in inspect.getmembers(type(model), inspect.isfunction):
        if not NAME.search(name) or name.startswith("_"):
            continue
        tree, arguments = tree_of(method), []
        for one in list(inspect.signature(method).parameters.values())[1:]:
            if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD:
                arguments.append((one.name, value_of(one.name, tree)))
        if all(value is not None for _, value in arguments):
            call = "model.%s(%s)" % (name, ", ".join("%s=%s" % pair for pair in arguments))
            yield Trainer(call, "the optimizer is %s of %s" % (name, type(model).__name__))
    scripted = next(scripted_optimizers(subject), None)
    if scripted is not None:
        yield scripted
    name = "MuAdamW" if subject.uses_mup else "AdamW"
    yield trainer_of(name, "lr=1e-3, weight_decay=0.0",
                     "no optimizer of this code's own was found: %s with one rate for all stands in for yours" % name, False)


def scripted_optimizers(subject):
    """Calls of torch's optimizers and mup's on all parameters, with those arguments that are written out."""
    known = (*KNOWN, *OF_MUP.values()) if subject.uses_mup else KNOWN
    for path, is_own, tree in subject.trees():
        if not is_own and not subject.imports_it(tree):
            continue
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", None))
            if not isinstance(node, ast.Call) or name not in known or not node.args:
                continue
            first = node.args[0]
            if not (isinstance(first, ast.Call) and getattr(first.func, "attr", "") == "parameters"):
                continue
            kept = {}
            for one in node.keywords:
                try:
                    kept[one.arg] = repr(ast.literal_eval(one.value))
                except (ValueError, TypeError, SyntaxError):
                    continue
            kept.setdefault("lr", "1e-3")
            says = "the optimizer is that of %s:%d, as far as it is written out" % (path.name, node.lineno)
            yield trainer_of(name, ", ".join("%s=%s" % pair for pair in kept.items()), says, subject.uses_mup)


def starter(subject):
    """A method of the class that starts its weights and that its constructor does not call; None where there is none."""
    called = read_off(tree_of(subject.model.__init__), "self")
    for name, method in vars(subject.model).items():
        if inspect.isfunction(method) and STARTS.search(name) and name not in called:
            wanted = list(inspect.signature(method).parameters.values())[1:]
            if all(one.default is not one.empty for one in wanted):
                return name
    return None
