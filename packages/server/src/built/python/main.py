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
from .lines import Lines
from .postponed import postpone
from .process import Channel, end_quietly, end_with_parent, limit_memory, refuse_network
from .rates import Rates, train_what_is_asked
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
    try:
        import torch
    except Exception as error:
        channel.say("failed", stage="torch", why=told(error), python=sys.version.split()[0])
        os._exit(1)
    if REQUEST is None:
        postpone(torch)
    if request.get("threads"):
        torch.set_num_threads(request["threads"])
    channel.say("ready", python=sys.version.split()[0], torch=str(torch.__version__),
                seconds=time.perf_counter() - began)
    if request.get("memory"):
        limit_memory(request["memory"], channel)
    file = str(Path(request["file"]).resolve())
    if request.get("asks") == "factory":
        write(channel, torch, request, file)
        channel.say("done", seconds=time.perf_counter() - began)
        end_quietly()
    is_search = request.get("asks") == "rates"
    lines = None if is_search else Lines(torch)
    is_check = request.get("asks") == "coordinates"
    functions = Functions(torch, lines) if is_check else None
    try:
        factory = load(file, request["factory"])
    except BaseException as error:
        channel.say("failed", stage="import", why=told(error), line=line_of(error, file))
        os._exit(1)
    if request.get("at"):
        factory = of_depths(factory, request["at"])
    widths = request["widths"]
    if is_search:
        rates = Rates(torch, factory, request["steps"])
        try:
            rates.grow(widths)
        except Refusal as error:
            channel.say("failed", stage="import", why=told(error))
            os._exit(1)
        train_what_is_asked(channel, asked, lambda width, seed, factor: say_of_width(
            channel, "rate", file, width, lambda: rates.run(width, seed, factor)))
        channel.say("done", seconds=time.perf_counter() - began)
        end_quietly()
    for place, width in enumerate(widths[:MOST_EXPLAINED] if is_check else widths):
        say_of_width(channel, "width", file, width, lambda: measure(
            torch, factory, width, request.get("seed", 0), place == 0, lines))
    if is_check:
        check = Check(torch, factory, functions, request["steps"])
        for width in widths:
            for seed in range(request["seeds"]):
                if not say_of_width(channel, "run", file, width, lambda: check.run(width, seed)):
                    break
    channel.say("done", seconds=time.perf_counter() - began)
    # Threads and workers of the factory do not hold the process up.
    sys.stderr.flush()
    end_quietly()


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


def say_of_width(channel, event, file, width, measured):
    """Says what was measured at a width, or why it was not; whether it was."""
    started = time.perf_counter()
    try:
        record = measured()
        channel.say(event, **{"seconds": time.perf_counter() - started, **record})
        return True
    except BaseException as error:
        channel.say("failed", stage=event, width=width, why=told(error), line=line_of(error, file))
        return False


# A script that is run by itself has here what it is asked.
REQUEST = None

if __name__ == "__main__":
    main(REQUEST or json.loads(sys.argv[1]))
