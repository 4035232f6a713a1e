"""Builds what a factory makes at some widths and says what it is, what its optimizer does and how its coordinates go with
the width, as JSON lines.

    python probe.py '{"asks": "explain", "coordinates" or "rates", "file": …, "factory": …, "widths": [64, 128, 256], …}'

Standard library and torch alone; Python 3.8 and torch 1.13 are enough. What the factory prints goes to standard error, its
standard input is empty, and the process ends with its parent.
"""

import sys

if sys.version_info < (3, 8):
    sys.stdout.write('{"event": "failed", "stage": "python", "why": "Python 3.8 or newer is needed, this is %d.%d"}\n'
                     % sys.version_info[:2])
    sys.exit(1)

import ipaddress
import json
import os
import queue
import signal
import threading
import time


class Channel:
    """Standard output for records alone: what the factory prints goes to standard error from here on."""

    def __init__(self):
        self.descriptor = os.dup(1)
        os.dup2(2, 1)

    def say(self, event, **record):
        line = (json.dumps({"event": event, **record}, allow_nan=False) + "\n").encode()
        while line:
            line = line[os.write(self.descriptor, line):]


def end_group():
    """Ends this process and those it has started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def end_with_parent():
    """Standard input is the parent's lifeline: it ends when the parent does. The factory sees an empty one.

    Lines that the parent writes meanwhile are in the queue.
    """
    asked = queue.Queue()
    lifeline = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)

    def wait():
        with os.fdopen(lifeline) as lines:
            for line in lines:
                asked.put(line)
        end_group()

    threading.Thread(target=wait, daemon=True).start()
    return asked


def resident_bytes():
    """The memory that is in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def limit_memory(most, channel):
    """An allocation beyond the limit is refused where the system can do so; elsewhere the process ends, and says why."""
    try:
        import resource
        with open("/proc/self/status") as status:
            data = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData"))
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        if hard == resource.RLIM_INFINITY or hard > data + most:
            resource.setrlimit(resource.RLIMIT_DATA, (data + most, hard))
    except (ImportError, OSError, StopIteration, ValueError, AttributeError):
        pass

    def watch():
        while True:
            if resident_bytes() > most:
                channel.say("failed", stage="memory", why="more than %.1f GB of memory" % (most / 1e9))
                end_group()
            time.sleep(0.1)

    threading.Thread(target=watch, daemon=True).start()


def is_this_machine(host):
    """A path, no host, a name of this machine, or an address that does not leave it."""
    if not isinstance(host, str) or not host or "/" in host or host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_network():
    """Nothing is fetched: a connection that leaves this machine is refused."""

    def hook(event, arguments):
        if event not in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"):
            return
        host = arguments[0] if event == "socket.getaddrinfo" else arguments[-1]
        host = host[0] if isinstance(host, tuple) else host
        if isinstance(host, bytes):
            host = host.decode("utf-8", "replace")
        if not is_this_machine(host):
            raise PermissionError("it asks for %s over the network, which widthwise does not allow" % host)

    sys.addaudithook(hook)


def end_quietly():
    """Ends, and takes along what the factory has started and left."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(0)
