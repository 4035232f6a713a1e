"""What `mup.coord_check` says of a model."""

import json
from collections import defaultdict


def print_sizes(asked, build, batch, **trained):
    """Prints {"width module seed": [mean |y| at each step]}.

    `asked` is WIDTHS SEEDS STEPS as a command line has them, `build(width)` makes the model under μP, and the rest is
    how `get_coord_data` is to train it.
    """
    from mup.coord_check import get_coord_data

    widths, seeds, steps = [int(one) for one in asked[0].split(",")], int(asked[1]), int(asked[2])
    inputs, targets = batch
    rows = defaultdict(list)
    for width in widths:
        # One width at a time: so each seed starts it anew.
        data = get_coord_data({width: lambda: build(width)}, [(inputs, targets.flatten())], flatten_output=True,
                              mup=True, nseeds=seeds, nsteps=steps + 1, cuda=False, show_progress=False, **trained)
        seen = defaultdict(int)
        for module, step, size in zip(data["module"], data["t"], data["l1"]):
            rows["%d %s %d" % (width, module, seen[module, step])].append(float(size))
            seen[module, step] += 1
    print(json.dumps(rows))
