"""What is asked for, done."""

import inspect
import json
import os
import sys
import time
from pathlib import Path

from .coordinates import Check
from .explain import measure
from .factory import Refusal, line_of, load, told
from .functions import Functions
from .libraries import frameworks_of, import_libraries
from .lines import Lines
from .near import Near, built_at
from .postponed import postpone
from .process import Channel, end_quietly, end_with_parent, limit_memory, refuse_network
from .rates import Rates, train_what_is_asked
from .tree_runs import TreeRuns, explained_tree
from .trees import starts_with_tree
from .writing import written

# Exponents of starts and rates need no more widths than these beside a coordinate check.
MOST_EXPLAINED = 3


def main(request):
    channel = Channel()
    asked = end_with_parent() if REQUEST is None else None
    if REQUEST is not None:
        channel.say("asked", **{key: REQUEST[key] for key in ("file", "factory", "widths", "seeds", "steps")})
    began = time.perf_counter()
    if REQUEST is None:
        refuse_network()
        sys.path.pop(0)
    file = str(Path(request["file"]).resolve())
    asks = request.get("asks")
    frameworks = set() if asks == "factory" else frameworks_of(file)
    torch, said = None, {}
    try:
        if frameworks and "torch" not in frameworks:
            said = import_libraries(frameworks)
        else:
            # The first step would pull in a compiler, and what is compiled is not seen.
            os.environ["TORCHDYNAMO_DISABLE"] = "1"
            import torch
    except BaseException as error:
        channel.say("failed", stage="torch", why=told(error), python=sys.version.split()[0])
        os._exit(1)
    if torch is not None:
        said = {"torch": str(torch.__version__)}
        postpone(torch)
        if request.get("threads"):
            torch.set_num_threads(min(request["threads"], os.cpu_count() or 1))
    channel.say("ready", python=sys.version.split()[0], torch=said.get("torch"),
                libraries=", ".join("%s %s" % pair for pair in said.items()), seconds=time.perf_counter() - began)
    if request.get("memory"):
        limit_memory(request["memory"], channel)
    if asks == "factory":
        write(channel, torch, request, file)
        channel.say("done", seconds=time.perf_counter() - began)
        end_quietly()
    lines = None if torch is None or asks == "rates" else Lines(torch)
    functions = Functions(torch, lines) if torch is not None and asks in ("coordinates", "rates") else None
    try:
        factory = load(file, request["factory"])
    except BaseException as error:
        channel.say("failed", stage="import", why=told(error), line=line_of(error, file))
        os._exit(1)
    if request.get("at"):
        factory = of_depths(factory, request["at"])
    widths = request["widths"]
    is_tree = torch is None or frameworks != {"torch"} and frameworks and builds_tree(factory, widths[0])
    builds = factory if is_tree else lambda width: built_at(torch, factory, width)
    telling = Telling(channel, file, None if request.get("at") else Near(builds))
    if is_tree:
        runs = TreeRuns(factory, request.get("steps", 0))
        explained = lambda width, is_first: explained_tree(factory, width, request.get("seed", 0), is_first)
        check, rates = runs.check, runs
    elif asks == "rates":
        rates = Rates(torch, factory, functions, request["steps"])
    else:
        explained = lambda width, is_first: measure(torch, factory, width, request.get("seed", 0), is_first, lines)
        check = Check(torch, factory, functions, request["steps"]).run if asks == "coordinates" else None
    if asks == "rates":
        search(channel, asked, rates, telling, widths)
    else:
        # One width after the other: what ends the process at the widest leaves all that the others did.
        lost = set()
        for place, width in enumerate(widths):
            if asks != "coordinates" or place < MOST_EXPLAINED:
                telling.of_width("width", width, lambda: explained(width, place == 0))
            if asks == "coordinates" and not runs_at(telling, width, range(request["seeds"]), check):
                lost.add(width)
        if request.get("mayGoOn"):
            go_on(channel, asked, request["seeds"], lambda seeds: [
                runs_at(telling, width, seeds, check) for width in widths if width not in lost])
    channel.say("done", seconds=time.perf_counter() - began)
    # Threads and workers of the factory do not hold the process up.
    sys.stderr.flush()
    end_quietly()


def runs_at(telling, width, seeds, check):
    """One run a seed; whether all of them ended."""
    return all(telling.of_width("run", width, lambda: check(width, seed)) for seed in seeds)


def go_on(channel, asked, done, measured):
    """Measures further seeds up to the number that the parent says, until it says none."""
    while True:
        channel.say("waiting")
        wanted = json.loads(asked.get())
        if wanted is None:
            return
        measured(range(done, wanted))
        done = wanted


def search(channel, asked, rates, telling, widths):
    """Trains what the parent asks for, unless no width matters."""
    if ignores_width(rates, widths):
        why = "it ignores its width: every parameter has the same shape at %d and at %d" % (widths[0], widths[-1])
        channel.say("failed", stage="import", why=why)
        os._exit(1)
    train_what_is_asked(channel, asked, lambda width, seed, factor: telling.of_width(
        "rate", width, lambda: rates.run(width, seed, factor)))


def ignores_width(rates, widths):
    """Whether parameters have the same shapes at every width: the widest is built where the second does not tell."""
    try:
        first = rates.shapes(widths[0])
        return all(rates.shapes(width) == first for width in (widths[1:2] + widths[-1:]))
    except BaseException:
        # Why is said where it is to be trained.
        return False


def builds_tree(factory, width):
    """Whether a file that imports several frameworks makes no model of torch's."""
    try:
        return starts_with_tree(factory(width))
    except BaseException:
        # Why is said where it is to be measured.
        return False


def of_depths(factory, width):
    """What is built at one width and some depths."""
    def make(depth):
        try:
            inspect.signature(factory).bind(width, depth)
        except TypeError as error:
            raise Refusal("it takes no depth beside its width: def make(width, depth)") from error
        return factory(width, depth)
    return make


def write(channel, torch, request, file):
    """Says a factory for a class, or why there is none."""
    try:
        channel.say("written", **written(torch, request, file))
    except BaseException as error:
        channel.say("failed", stage="import", why=told(error), line=line_of(error, file))
    sys.stderr.flush()


class Telling:
    """Says what is measured at a width, or why it is not; with `near`, which other widths might do."""

    def __init__(self, channel, file, near):
        self.channel, self.file, self.near = channel, file, near

    def of_width(self, event, width, measured):
        """Whether it was measured."""
        started = time.perf_counter()
        try:
            record = measured()
            self.channel.say(event, **{"seconds": time.perf_counter() - started, **record})
            return True
        except BaseException as error:
            near = self.near.to(width, error) if self.near else []
            line = line_of(error, self.file)
            self.channel.say("failed", stage=event, width=width, why=told(error), line=line, near=near)
            return False


# A script that is run by itself has here what it is asked.
REQUEST = None

if __name__ == "__main__":
    main(REQUEST or json.loads(sys.argv[1]))
