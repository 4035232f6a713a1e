"""A class that a factory is to be written for: what its constructor wants, as fields with defaults."""

import ast
import dataclasses
import inspect
import re
import textwrap
from pathlib import Path

from .factory import Refusal

MISSING = object()
# What a factory's own text says of itself: it is none of the code that it was written for.
WRITTEN = "Written by `widthwise factory "
SCALARS = (int, float, bool, str, bytes, type(None), tuple, list, dict, set)
MOST_FILES, MOST_BYTES = 60, 1 << 20
# What saves, loads or prints a configuration is not called.
MAKES = re.compile(r"^(get|default|make|build|create|configure)_(\w+_)?config(uration)?$", re.I)


class Field:
    """Something that is set before a model is made: its name, and what it is where nobody says."""

    def __init__(self, name, default=MISSING):
        self.name, self.default = name, default

    @property
    def is_required(self):
        return self.default is MISSING

    @property
    def number(self):
        """Its default as a whole number, else None."""
        is_number = isinstance(self.default, int) and not isinstance(self.default, bool)
        return self.default if is_number else None


def tree_of(thing):
    """The syntax of a class, function or module; None where its source is not there."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(thing)))
    except (OSError, TypeError, SyntaxError):
        return None


def read_off(tree, name):
    """The attributes that code reads off a name, in their order."""
    found = [node.attr for node in ast.walk(tree or ast.Module(body=[], type_ignores=[]))
             if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name]
    return list(dict.fromkeys(found))


def fields_of_call(function):
    """The fields of what is called by keywords."""
    parameters = list(inspect.signature(function).parameters.values())
    plain = [one for one in parameters if one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
             and one.name != "self"]
    return [Field(one.name, MISSING if one.default is one.empty else one.default) for one in plain]


class Subject:
    """The class, and how what it is made of is handed to it: by keywords, or as one object that holds all."""

    def __init__(self, torch, module, name, folders):
        self.module, self.folders = module, folders
        self.model = getattr(module, name, None)
        if not (inspect.isclass(self.model) and issubclass(self.model, torch.nn.Module)):
            own = [key for key, value in vars(module).items() if inspect.isclass(value)
                   and issubclass(value, torch.nn.Module) and value.__module__ == module.__name__]
            raise Refusal("it has no torch.nn.Module %s%s" % (name, "; it has " + ", ".join(own[:8]) if own else ""))
        self.tree = tree_of(module)
        self.arguments = fields_of_call(self.model.__init__)
        self.holder = next((one for one in self.arguments if one.is_required and self.is_holder(one.name)), None)
        self.form, self.config, held = "keywords", None, []
        if self.holder is not None:
            self.form, self.config, held = self.configuration()
        self.held = {one.name for one in held}
        # What is handed over beside such an object is handed over by keywords.
        self.direct = [one for one in self.arguments if one is not self.holder and one.name not in self.held]
        self.fields = held + self.direct

    @property
    def uses_mup(self):
        return any(getattr(one, "__module__", "").split(".")[0] == "mup" for one in vars(self.module).values())

    def is_holder(self, name):
        """Whether the constructor reads attributes off an argument, or says of it that it is no number."""
        kind = self.annotated(name)
        return bool(read_off(tree_of(self.model.__init__), name)) or (
            inspect.isclass(kind) and not issubclass(kind, SCALARS) and kind.__module__ not in ("typing", "torch"))

    def annotated(self, name):
        kind = getattr(self.model.__init__, "__annotations__", {}).get(name)
        return getattr(self.module, kind, None) if isinstance(kind, str) else kind

    def configuration(self):
        """How the object is made: its class, a method that gives one, or plain attributes; and what it holds."""
        wanted, own = self.read_of_parts(self.holder.name), read_off(tree_of(self.model.__init__), self.holder.name)
        kind = self.annotated(self.holder.name)
        said = [kind] if inspect.isclass(kind) and not issubclass(kind, SCALARS) else []
        said += [one for one in (getattr(self.model, "config_class", None),) if inspect.isclass(one)]
        for one in said + [one for one in vars(self.module).values() if dataclasses.is_dataclass(one) and inspect.isclass(one)]:
            fields = fields_of_class(one)
            names = {field.name for field in fields}
            # What the constructor reads itself is there in one that it may be given.
            is_whole = one in said or all(name in names or hasattr(one, name) for name in own)
            if fields and is_whole and 2 * sum(1 for name in wanted if name in names) >= len(wanted):
                return "class", one, fields
        for name, maker in vars(self.model).items():
            if isinstance(maker, (staticmethod, classmethod)) and MAKES.search(name):
                try:
                    made = getattr(self.model, name)()
                    return "method", name, [Field(key, value) for key, value in vars(made).items()]
                except Exception:
                    continue
        options = self.said_by_parsers()
        return "namespace", None, [options.get(name, Field(name)) for name in wanted]

    def read_of_parts(self, name):
        """The attributes that the class reads off a name, and those that the classes and functions of its file do that it is
        made of."""
        parts = {one.name: one for one in self.tree.body if isinstance(one, (ast.ClassDef, ast.FunctionDef))} if self.tree else {}
        found, reached = [], [self.model.__name__]
        for part in reached:
            tree = parts.get(part)
            found += read_off(tree, name)
            named = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)] if tree is not None else []
            reached += [one for one in dict.fromkeys(named) if one in parts and one not in reached]
        return list(dict.fromkeys(found))

    def said_by_parsers(self):
        """The options of command lines in the files around, which are what a configuration holds in such a repository."""
        found = {}
        for _, _, tree in self.trees():
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "add_argument":
                    continue
                names = [one.value.lstrip("-").replace("-", "_") for one in node.args
                         if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                default = next((literal(one.value) for one in node.keywords if one.arg == "default"), MISSING)
                is_switch = any(one.arg == "action" and literal(one.value) == "store_true" for one in node.keywords)
                for name in names:
                    found.setdefault(name, Field(name, False if is_switch and default is MISSING else default))
        return found

    def imports_it(self, tree):
        """Whether a file takes something from the module of the class."""
        stem = Path(self.module.__file__).stem
        named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        named += [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
        return any(name.split(".")[-1] == stem for name in named)

    def trees(self):
        """The syntax of the files around, its own first; each with its path, and whether it is its own."""
        own = Path(self.module.__file__)
        others = [path for folder in dict.fromkeys(self.folders) for path in sorted(Path(folder).glob("*.py"))]
        for path in list(dict.fromkeys([own, *others]))[:MOST_FILES]:
            try:
                if path.stat().st_size > MOST_BYTES:
                    continue
                tree = ast.parse(path.read_text("utf-8"))
                if WRITTEN not in (ast.get_docstring(tree) or ""):
                    yield path, path == own, tree
            except (OSError, SyntaxError, ValueError):
                continue


def literal(node):
    """What an expression is, where it is written out."""
    try:
        return ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError):
        return MISSING


def fields_of_class(kind):
    """What a class of settings holds, inherited settings included."""
    if dataclasses.is_dataclass(kind):
        return [Field(one.name, one.default if one.default is not dataclasses.MISSING else
                      one.default_factory() if one.default_factory is not dataclasses.MISSING else MISSING)
                for one in dataclasses.fields(kind) if one.init]
    try:
        fields = fields_of_call(kind.__init__)
    except (TypeError, ValueError):
        return []
    return [one for one in fields if not one.name.startswith("_")]
