"""The real models of `../truth` as factories for `widthwise explain --python`: `model_0`, `model_1`, … in their order,
or by name: `nanochat`, `HF_llama`.

`WIDTHWISE_CLONES` names the folder of clones. A model without code of its own for an optimizer comes without one.
"""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "truth"))

from real_models import MODELS, Clones  # noqa: E402

FOLDER = Path(os.environ["WIDTHWISE_CLONES"])


def factory(place):
    entry = MODELS[place]
    clones = Clones(FOLDER, entry.file.split("/")[0])

    def make(width):
        model = entry.build(clones, width)
        optimizer = entry.optimizer(clones, model, width) if entry.optimizer is not None else None
        return model, None, None, optimizer

    return make


def __getattr__(name):
    named = [re.sub(r"\W+", "_", entry.name) for entry in MODELS]
    if name in named:
        return factory(named.index(name))
    if not name.startswith("model_"):
        raise AttributeError(name)
    return factory(int(name[len("model_"):]))


if __name__ == "__main__":
    import json

    print(json.dumps([entry.name for entry in MODELS]))
