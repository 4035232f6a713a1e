"""How far the linter reaches in a folder of code bases: of end models, which are shown, have a width, have a verdict.

    python end_models.py FOLDER_OF_CLONES LINT.json… [--list N]

Each LINT.json is what `widthwise lint FOLDER_OF_CLONES/NAME --profile mup --format json` printed. An end model is a
class of torch.nn.Module that no other module class of its code base uses or inherits, and from whose constructor at
least three layers or parameters can be reached; classes are found by name with Python's `ast`, nothing is run. Shares
have Wilson's 95 % intervals. `--list N` prints N end models drawn with a fixed seed, to be judged by hand.
"""

import ast
import collections
import json
import random
import sys
from pathlib import Path

MODULES = {"Module", "LightningModule", "PreTrainedModel", "ModelMixin", "GenerationMixin", "Sequential", "Transformer"}
LAYERS = {"Linear", "Embedding", "Parameter", "LayerNorm", "RMSNorm", "MultiheadAttention", "LSTM", "GRU", "RNN",
          "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "BatchNorm1d", "BatchNorm2d", "GroupNorm",
          "Conv1D"}
NO_TESTS = ("test", "tests", "testing")


def tail(node):
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None


class CodeBase:
    def __init__(self, root):
        self.classes = {}
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).parts
            if any(part in NO_TESTS for part in parts) or parts[-1].startswith("test_") or parts[-1].endswith("_test.py"):
                continue
            try:
                tree = ast.parse(path.read_text(errors="replace"))
            except (SyntaxError, ValueError, RecursionError):
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self.classes.setdefault(node.name, []).append((path, node))
        self.modules = self._modules()

    def _modules(self):
        found, before = set(), -1
        while before != len(found):
            before = len(found)
            for name, places in self.classes.items():
                bases = {tail(base) for _, node in places for base in node.bases}
                if bases & (MODULES | found):
                    found.add(name)
        return found

    def end_models(self):
        used = set()
        for name in self.modules:
            for _, node in self.classes[name]:
                mentioned = {tail(one) for one in ast.walk(node)} | {tail(base) for base in node.bases}
                used |= (mentioned & self.modules) - {name}
        for name in sorted(self.modules - used):
            if self.reachable(name, set()) >= 3:
                yield name, self.classes[name][0][0]

    def reachable(self, name, seen):
        if name in seen:
            return 0
        seen.add(name)
        total = 0
        for _, node in self.classes.get(name, []):
            for one in ast.walk(node):
                called = tail(one.func) if isinstance(one, ast.Call) else None
                total += called in LAYERS
            for mentioned in {tail(one) for one in ast.walk(node)} & self.modules:
                total += self.reachable(mentioned, seen) if total < 3 else 0
        return total


def wilson(count, total):
    if total == 0:
        return "–"
    z, share = 1.96, count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * ((share * (1 - share) + z * z / (4 * total)) / total) ** 0.5 / (1 + z * z / total)
    return f"{100 * share:.0f} % ({100 * (middle - half):.0f}–{100 * (middle + half):.0f})"


def main():
    arguments = sys.argv[1:]
    listed = int(arguments.pop(arguments.index("--list") + 1)) if "--list" in arguments else 0
    folder, *files = [argument for argument in arguments if argument != "--list"]
    rows, everything = [], []
    for file in files:
        name = Path(file).stem
        said = json.loads(Path(file).read_text())
        models = collections.defaultdict(list)
        for model in said["models"]:
            models[(str(Path(model["file"]).resolve()), model["name"])].append(model)
        ends = [(one, path, models.get((str(path.resolve()), one), []))
                for one, path in CodeBase(Path(folder) / name).end_models()]
        everything += [(name, *end) for end in ends]
        rows.append((name, len(said["files"]), ends, said))
    for name, count, ends, said in [*rows, ("all", sum(row[1] for row in rows), [end[1:] for end in everything],
                                            {"findings": [f for row in rows for f in row[3]["findings"]]})]:
        shown = [models for _, _, models in ends if models]
        wide = [models for models in shown if any(row["role"] in ("input", "hidden", "output")
                                                  for model in models for row in model["weights"])]
        judged = [models for models in shown if any(model["verdict"] != "unknown" for model in models)]
        total = len(ends)
        print(f"| {name} | {count} | {total} | {wilson(len(shown), total)} | {wilson(len(wide), total)} | "
              f"{wilson(len(judged), total)} | {len(said['findings'])} |")
    for name, one, path, models in random.Random(7).sample(everything, min(listed, len(everything))):
        print(f"{name} {path.relative_to(folder)} {one}: {'shown' if models else 'not shown'} "
              f"{models[0]['verdict'] if models else ''}")


if __name__ == "__main__":
    main()
