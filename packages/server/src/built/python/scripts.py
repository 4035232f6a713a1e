"""Optimizers that scripts around a class make: of all parameters, or of groups that are written out."""

import ast
import builtins


class Scripted:
    """A call of an optimizer: what it trains as code of a `model`, None where that cannot be said, and its other arguments."""

    def __init__(self, name, place, trained, arguments):
        self.name, self.place, self.trained, self.arguments = name, place, trained, arguments


def scripted_optimizers(subject, known, made_up):
    """Calls of known optimizers, with those arguments that are written out.

    `made_up` gives what stands for a setting by its name, or None.
    """
    for path, is_own, tree in subject.trees():
        if not is_own and not subject.imports_it(tree):
            continue
        models = models_in(tree, subject.model.__name__)
        for node in ast.walk(tree):
            name = last_name(node.func) if isinstance(node, ast.Call) else None
            if name not in known:
                continue
            first = node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "params"), None)
            is_list = isinstance(first, ast.Call) and getattr(first.func, "attr", "") == "parameters"
            groups = None if is_list else listed(first, tree)
            if not is_list and (groups is None or not trains_it(groups, models)):
                continue
            trained = "model.parameters()" if is_list else groups_text(groups, models, made_up)
            yield Scripted(name, "%s:%d" % (path.name, node.lineno), trained, settings_text(node))


def last_name(node):
    return getattr(node, "attr", getattr(node, "id", None))


def models_in(tree, name):
    """The names that a class is assigned to where it is made, whatever is done to it before."""
    return {target.id for node in ast.walk(tree) if isinstance(node, ast.Assign)
            for target in node.targets if isinstance(target, ast.Name)
            if any(isinstance(one, ast.Call) and last_name(one.func) == name for one in ast.walk(node.value))}


def listed(node, tree):
    """A list of groups, where it is written in the call or given one name once."""
    if isinstance(node, ast.Name):
        values = [one.value for one in ast.walk(tree) if isinstance(one, ast.Assign)
                  and any(isinstance(target, ast.Name) and target.id == node.id for target in one.targets)]
        node = values[0] if len(values) == 1 else None
    return node if isinstance(node, ast.List) and any(isinstance(one, ast.Dict) for one in node.elts) else None


def trains_it(groups, models):
    return any(isinstance(one, ast.Name) and one.id in models for one in ast.walk(groups))


class Renamed(ast.NodeTransformer):
    """Groups with the model by the name `model`, and what stands for settings that the script reads from elsewhere."""

    def __init__(self, models, bound, made_up):
        self.models, self.bound, self.made_up, self.is_whole = models, bound, made_up, True

    def visit_Attribute(self, node):
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name) and self.is_free(root.id) and root.id not in self.models:
            return self.stand_in(node, node.attr)
        return self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in self.models:
            return ast.copy_location(ast.Name(id="model", ctx=node.ctx), node)
        return self.stand_in(node, node.id) if self.is_free(node.id) else node

    def is_free(self, name):
        return name not in self.bound and not hasattr(builtins, name)

    def stand_in(self, node, name):
        value = self.made_up(name)
        if value is None:
            self.is_whole = False
            return node
        return ast.copy_location(ast.parse(value, mode="eval").body, node)


def groups_text(groups, models, made_up):
    """Groups as code of a `model`; None where something else of the script is needed."""
    if not hasattr(ast, "unparse"):
        return None
    bound = {one.id for one in ast.walk(groups) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    bound |= {one.arg for one in ast.walk(groups) if isinstance(one, ast.arg)}
    if bound & (models | {"model"}):
        return None
    renamed = Renamed(models, bound, made_up)
    each = [ast.unparse(renamed.visit(one)) for one in groups.elts]
    if not renamed.is_whole:
        return None
    return "[\n%s    ]" % "".join("        %s,\n" % one for one in each)


def settings_text(call):
    """The arguments of a call that are written out."""
    kept = {}
    for one in call.keywords:
        if one.arg in (None, "params"):
            continue
        try:
            kept[one.arg] = repr(ast.literal_eval(one.value))
        except (ValueError, TypeError, SyntaxError):
            continue
    kept.setdefault("lr", "1e-3")
    return ", ".join("%s=%s" % pair for pair in kept.items())
