"""Which line of the user's code made a module, wrote a start last, and handed a parameter to its optimizer."""

import contextlib
import os
import sys
import sysconfig

WRITERS = ("normal_", "uniform_", "zero_", "fill_", "copy_", "mul_", "div_", "bernoulli_")


class Lines:
    """Watches torch while a factory builds: the innermost frame of code that is no library's is what did it."""

    def __init__(self, torch):
        self.own = (os.path.dirname(os.path.abspath(torch.__file__)), os.path.abspath(__file__))
        self.libraries = tuple({*self.own, *(sysconfig.get_paths()[key] for key in ("stdlib", "purelib", "platlib"))})
        self.is_watching, self.count = False, 0
        self.written, self.registered, self.grouped = {}, {}, {}
        self.watch(torch)

    @contextlib.contextmanager
    def watched(self):
        """Forgets what was built before, whose addresses are used again."""
        self.written, self.registered, self.grouped = {}, {}, {}
        self.is_watching = True
        try:
            yield
        finally:
            self.is_watching = False

    def here(self, maker=None):
        """The file and line that is running, but for constructors of the maker itself; in a library where all of it is."""
        frame, inner = sys._getframe(2), None
        while frame is not None:
            code = frame.f_code
            is_own = maker is not None and code.co_varnames and frame.f_locals.get(code.co_varnames[0]) is maker
            if not is_own and not code.co_filename.startswith(self.own) and code.co_filename[:1] != "<":
                inner = inner or [code.co_filename, frame.f_lineno]
                if not code.co_filename.startswith(self.libraries):
                    return [code.co_filename, frame.f_lineno]
            frame = frame.f_back
        return inner

    def watch(self, torch):
        lines = self

        def around(owner, name, note):
            original = getattr(owner, name)

            def watching(*arguments, **named):
                result = original(*arguments, **named)
                if lines.is_watching:
                    note(*arguments, **named)
                return result

            watching.__name__, watching.__doc__ = name, original.__doc__
            setattr(owner, name, watching)

        def address(tensor):
            return tensor.data_ptr() if tensor.layout == torch.strided and not tensor.is_meta else None

        def wrote(tensor, *_, **__):
            lines.count += 1
            if address(tensor) is not None:
                lines.written[address(tensor)] = (lines.count, lines.here())

        apply = torch.nn.Module._apply

        def moving(module, *arguments, **named):
            addresses = {own: address(one) for own, one in module._parameters.items() if lines.is_watching and one is not None}
            result = apply(module, *arguments, **named)
            # What goes to another device or precision takes its lines along.
            for own, before in addresses.items():
                if before in lines.written:
                    lines.written[address(module._parameters[own])] = lines.written[before]
            return result

        def registered(module, name, parameter, *_, **__):
            lines.count += 1
            if parameter is not None:
                lines.registered[id(module), name] = (lines.count, lines.here())

        def made(module, *_, **__):
            module.__dict__["_widthwise_made"] = lines.here(module)

        def grouped(optimizer, group, *_, **__):
            place = lines.here(optimizer)
            for parameter in optimizer.param_groups[-1]["params"]:
                lines.grouped[id(parameter)] = place

        for name in WRITERS:
            around(torch.Tensor, name, wrote)
        torch.nn.Module._apply = moving
        around(torch.nn.Module, "register_parameter", registered)
        around(torch.nn.Module, "__init__", made)
        around(torch.optim.Optimizer, "add_param_group", grouped)

    def of(self, parameter, module, own):
        """Where its module was made, its start written and its group made; None each where that is not known."""
        count, place = self.registered.get((id(module), own), (0, None))
        later, start = self.written.get(parameter.data_ptr(), (0, None)) if not parameter.is_meta else (0, None)
        return {"made": module.__dict__.get("_widthwise_made"), "start": start if later > count else place,
                "group": self.grouped.get(id(parameter))}
