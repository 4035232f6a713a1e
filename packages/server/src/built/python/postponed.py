"""What torch loads that nothing here needs."""

import importlib
import importlib.util
import os
import sys
import types

POSTPONED = "torch._dynamo"


class Postponed(types.ModuleType):
    """`torch._dynamo`, which optimizers import for two functions that do nothing where compiling is off.

    The module itself takes longer to load than all else of torch, and is loaded once something else of it is asked for.
    """

    def __init__(self, torch, spec):
        super().__init__(POSTPONED)
        self.__dict__.update(__file__=spec.origin, __spec__=spec, __package__=POSTPONED, _torch=torch)

    def graph_break(self, *_, **__):
        pass

    def disable(self, fn=None, *_, **__):
        return (lambda one: one) if fn is None else fn

    def __getattr__(self, name):
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        return getattr(self.loaded(), name)

    def __setattr__(self, name, value):
        setattr(self.loaded(), name, value)

    def loaded(self):
        """The module itself, which takes this one's place."""
        if sys.modules.get(POSTPONED) is self:
            del sys.modules[POSTPONED]
            self.__dict__["_torch"].__dict__.pop("_dynamo", None)
        return importlib.import_module(POSTPONED)


def postpone(torch):
    """Nothing is compiled here, where that is said to be off."""
    if os.environ.get("TORCHDYNAMO_DISABLE") != "1" or POSTPONED in sys.modules:
        return
    spec = importlib.util.find_spec(POSTPONED)
    if spec is not None:
        sys.modules[POSTPONED] = torch.__dict__["_dynamo"] = Postponed(torch, spec)
