"""What a file's models are made with, and those libraries, imported: others are left alone."""

import ast
import importlib
import importlib.util
import json
import os
from importlib import metadata
from pathlib import Path

FRAMEWORKS = ("torch", "flax", "keras")
KERAS_BACKENDS = ("tensorflow", "jax", "torch")
MOST_MODULES, MOST_MODULE_BYTES = 40, 1 << 20


def imported_in(path):
    """The dotted names that a file imports, wherever in it; those of packages around it begin with a dot."""
    try:
        if path.stat().st_size > MOST_MODULE_BYTES:
            return []
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            names += [base] + [base + ("" if base.endswith(".") else ".") + one.name for one in node.names]
    return names


def beside(path, name, folders):
    """The file of the user's that a dotted name means; None where it is a library's."""
    level = len(name) - len(name.lstrip("."))
    starts = [path.parents[level - 1]] if 0 < level <= len(path.parents) else folders
    for start in starts if name.strip(".") else []:
        base = start.joinpath(*name.lstrip(".").split("."))
        for found in (base.with_suffix(".py"), base / "__init__.py"):
            if found.is_file():
                return found
    return None


def frameworks_of(path):
    """Which of the frameworks a file and those of the user's that it takes something from import."""
    first = Path(path).resolve()
    root = first.parent
    while (root / "__init__.py").exists():
        root = root.parent
    waiting, seen, found = [first], {first}, set()
    while waiting and len(seen) <= MOST_MODULES:
        file = waiting.pop(0)
        for name in imported_in(file):
            found.update(one for one in FRAMEWORKS if name.split(".")[0] == one)
            if name == "tensorflow.keras" or name.startswith("tensorflow.keras."):
                found.add("keras")
            own = beside(file, name, (file.parent, root, Path.cwd()))
            if own is not None and own not in seen:
                seen.add(own)
                waiting.append(own)
    return found


def is_installed(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def settle_keras():
    """Keras' backend where nobody says one, and no file of its own in the user's folders."""
    home = Path(os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras"))
    settings = home / "keras.json"
    backend = None
    try:
        backend = json.loads(settings.read_text("utf-8")).get("backend")
    except (OSError, ValueError, AttributeError):
        pass
    if not settings.exists():
        os.environ["KERAS_HOME"] = os.path.join(os.devnull, "keras")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    if "KERAS_BACKEND" not in os.environ and (backend is None or not is_installed(backend)):
        own = next((one for one in KERAS_BACKENDS if is_installed(one)), None)
        if own is not None:
            os.environ["KERAS_BACKEND"] = own


def import_libraries(frameworks):
    """Imports what models of these frameworks are made with; their names and versions."""
    names = []
    if "flax" in frameworks:
        names += ["jax", "flax", "optax"]
    if "keras" in frameworks:
        names += ["keras"]
    said = {}
    for name in names:
        if name == "keras":
            settle_keras()
            # A file may still say the backend before it imports Keras.
            said[name] = metadata.version(name)
            continue
        if name == "optax" and not is_installed(name):
            continue
        said[name] = str(getattr(importlib.import_module(name), "__version__", "?"))
    return said
