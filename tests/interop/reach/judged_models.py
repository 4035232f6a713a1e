"""How much is said of end models that were drawn at random, their widths judged by hand.

    python judged_models.py FOLDER_OF_CLONES --draw N [--seed S] [--beside JUDGED.json] > DRAWN.json
    python judged_models.py FOLDER_OF_CLONES [--judged JUDGED.json] [--said SAID.json] [--list]

FOLDER_OF_CLONES has a folder OWNER+NAME a code base, `huggingface+transformers` being the unpacked wheel. The first form
draws end models (as `end_models.py` has them) of all code bases together, none of a file that `--beside` has one of. The
second takes those of JUDGED.json, by default `judged-models.json` beside this file, which says of each what its widths
are, the main one first, and perhaps why; asks `widthwise explain` of its file, and prints which shares are shown, have a
width, the right one, a wrong one, and a verdict, with Wilson's 95 % intervals. `--list` prints each. Widths are right where
the main one is said and nothing that is no width; wrong where something is said and they are not right. Null is not
judged, as nothing was said, or stands for a model without a width by name: a network whose sizes are numbers in the code,
or one that is made of what a configuration or a caller hands it.
"""

import argparse
import json
import random
import subprocess
from pathlib import Path

from end_models import CodeBase, wilson

HERE = Path(__file__).parent
NO_WIDTH = "no width is declared or evident"
COMMAND = HERE / "../../../packages/server/bin/widthwise.js"


def drawn(folder, count, seed, beside):
    known = {(model["repository"], model["file"]) for model in beside}
    everything = [{"repository": base.name, "file": file, "class": name}
                  for base in sorted(folder.iterdir()) for name, path in CodeBase(base.resolve()).end_models()
                  if (base.name, file := str(path.relative_to(base.resolve()))) not in known]
    return {"seed": seed, "of": len(everything), "models": random.Random(seed).sample(everything, count)}


def said_of(folder, models):
    said = {}
    for file in sorted({f"{model['repository']}/{model['file']}" for model in models}):
        done = subprocess.run(["node", str(COMMAND), "explain", "--json", "-", str(folder / file)],
                              capture_output=True, text=True)
        said[file] = json.loads(done.stdout)["models"] if done.stdout.strip() else []
    return said


def count(judged, said, listed):
    totals = {"shown": 0, "with a width": 0, "with the right width": 0, "with a wrong one": 0,
              "with a verdict": 0}
    for model in judged:
        found = [one for one in said[f"{model['repository']}/{model['file']}"] if one["name"] == model["class"]]
        said_none = not found or NO_WIDTH in found[0]["missing"]
        widths = [] if said_none else found[0]["widths"]
        judged_widths = model["widths"] or []
        right = bool(judged_widths) and judged_widths[0] in widths and set(widths) <= set(judged_widths)
        verdict = found[0]["verdict"] if found else "unknown"
        for key, holds in zip(totals, (bool(found), bool(widths), right, bool(widths) and not right,
                                      verdict != "unknown")):
            totals[key] += holds
        if listed:
            state = "not shown" if not found else f"{', '.join(widths) or '–'} ({'right' if right else 'wrong' if widths else 'none'}), {verdict}"
            print(f"{model['repository']} {model['file']} {model['class']}: {state}; judged {', '.join(judged_widths) or '–'}")
    for key, number in totals.items():
        print(f"{key}: {number} of {len(judged)}, {wilson(number, len(judged))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judged", type=Path, default=HERE / "judged-models.json")
    parser.add_argument("--beside", type=Path, nargs="*", default=[])
    parser.add_argument("--said", type=Path, help="what explain said, from this file if it is there, else into it")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.draw is not None:
        beside = [model for file in options.beside for model in json.loads(file.read_text())["models"]]
        print(json.dumps(drawn(options.folder, options.draw, options.seed, beside), indent=1))
        return
    judged = json.loads(options.judged.read_text())["models"]
    if options.said is not None and options.said.exists():
        said = json.loads(options.said.read_text())
    else:
        said = said_of(options.folder, judged)
        if options.said is not None:
            options.said.write_text(json.dumps(said))
    count(judged, said, options.list)


if __name__ == "__main__":
    main()
