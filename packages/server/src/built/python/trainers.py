"""The optimizer that a factory uses: a method of the model's own, else the call in the files around, else AdamW."""

import inspect
import re

from .scripts import scripted_optimizers
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


def trainer_of(name, arguments, says, uses_mup, trained="model.parameters()"):
    """A call of an optimizer on all parameters, or on groups: mup's where the model is one of mup's."""
    of_mup = name if name in OF_MUP.values() else OF_MUP.get(name) if uses_mup else None
    if of_mup is not None and of_mup != name:
        says += "; %s stands in for torch's %s, as the model has base shapes" % (of_mup, name)
    return Trainer("%s(%s, %s)" % (of_mup or "torch.optim." + name, trained, arguments), says, of_mup)


def made_up(name):
    """What stands for a setting that is read from elsewhere; None where its name says nothing."""
    return next((value for pattern, value in MADE_UP if pattern.search(name)), None)


def value_of(name, tree):
    """What an argument is given; None where its name says nothing."""
    known = made_up(name)
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
    known = (*KNOWN, *OF_MUP.values()) if subject.uses_mup else KNOWN
    scripted = list(scripted_optimizers(subject, known, made_up))
    for one in scripted:
        if one.trained is not None:
            says = "the optimizer is that of %s, as far as it is written out" % one.place
            yield trainer_of(one.name, one.arguments, says, subject.uses_mup, one.trained)
            break
    name = "MuAdamW" if subject.uses_mup else "AdamW"
    says = "no optimizer of this code's own was found"
    if scripted:
        says = "the optimizer of %s cannot be taken over" % scripted[0].place
    yield trainer_of(name, "lr=1e-3, weight_decay=0.0", "%s: %s with one rate for all stands in for yours" % (says, name), False)


def starter(subject):
    """A method of the class that starts its weights and that its constructor does not call; None where there is none."""
    called = read_off(tree_of(subject.model.__init__), "self")
    for name, method in vars(subject.model).items():
        if inspect.isfunction(method) and STARTS.search(name) and name not in called:
            wanted = list(inspect.signature(method).parameters.values())[1:]
            if all(one.default is not one.empty for one in wanted):
                return name
    return None
