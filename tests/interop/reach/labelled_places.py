"""How many of the places that were labelled before the linter ran on them have the finding that their label wants.

    python labelled_places.py FOLDER_OF_CLONES [--draw NAME]... [--list]

FOLDER_OF_CLONES has a clone OWNER+NAME (or OWNER+NAME/repo, or NAME) a repository of `labelled-places.jsonl`, with the
commit that a label is of. Each label says of lines of a file which rules should speak, where and how loud, and which must
not; `widthwise lint FILE --profile mup` runs on the file as it stands in its repository. A finding is there if it has one of
the rules, within a line of the place, at most one severity away. Of other findings above a hint on the lines of a label,
those of a rule that the label forbids are forbidden, the others unlabelled. `one file` counts labels whose file decides
alone. Shares have Wilson's 95 % intervals. Labels that turned out to be wrong are left as they are.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from end_models import wilson

HERE = Path(__file__).parent
COMMAND = HERE / "../../../packages/server/bin/widthwise.js"
LOUD = {"off": 0, "hint": 1, "information": 2, "warning": 3, "error": 4}


def clone_of(folder, repository):
    name = repository.replace("/", "+")
    places = [folder / name / "repo", folder / name, folder / repository.split("/")[1]]
    return next((place for place in places if place.exists()), None)


def unpacked(clone, commit, suffix, into):
    for only in ([], ["--", f"*{suffix}"]):
        archive = subprocess.run(["git", "-C", str(clone), "archive", commit, *only], capture_output=True)
        if archive.returncode == 0 and subprocess.run(["tar", "x", "-C", into], input=archive.stdout).returncode == 0:
            return True
    return False


def findings_of(file, settings):
    wanted = {"widths": settings.get("widths"), "head-scaling": {"headDim": "head-dim", "headCount": "head-count"}.get(
        settings.get("headScaling"))}
    config = file.parent / "widthwise.json"
    if any(wanted.values()):
        config.write_text(json.dumps({key: value for key, value in wanted.items() if value}))
    done = subprocess.run(["node", str(COMMAND), "lint", str(file), "--profile", "mup", "--json", "-"],
                          capture_output=True, text=True)
    if any(wanted.values()):
        config.unlink()
    if not done.stdout.strip():
        raise SystemExit(done.stderr)
    found = json.loads(done.stdout)["findings"]
    return [one for one in found if Path(one["file"]).resolve() == file.resolve() and LOUD[one["severity"]] > 0]


def is_wanted(label, finding):
    rules = label.get("rules") or [label["rule"]]
    places = label.get("at") or [[label["line"] - 1, label["line"] + 1]]
    return (finding["code"] in rules and any(first <= finding["line"] <= last for first, last in places)
            and abs(LOUD[finding["severity"]] - LOUD[label["severity"]]) <= 1)


def judge(case, neighbours, found):
    used, missed = [], []
    for label in case["expect"]:
        hit = next((one for one in found if one not in used and is_wanted(label, one)), None)
        used.append(hit) if hit else missed.append(label)
    others = {"forbidden": 0, "unlabelled": 0}
    for one in found:
        known = any(is_wanted({**label, "severity": one["severity"]}, one) for near in neighbours for label in near["expect"])
        allowed = any(label["rule"] == one["code"] and abs(label["line"] - one["line"]) <= 1
                      for near in neighbours for label in near.get("optional", []))
        if one in used or LOUD[one["severity"]] < 2 or known or allowed:
            continue
        inside = [label for label in case.get("forbid", []) if label["lines"][0] <= one["line"] <= label["lines"][1]]
        if any("*" in label["rules"] or one["code"] in label["rules"] for label in inside):
            others["forbidden"] += 1
        elif case["lines"][0] <= one["line"] <= case["lines"][1]:
            others["unlabelled"] += 1
    return len(used), missed, others


def count(folder, cases, listed):
    totals = {"there": 0, "wanted": 0, "there, one file": 0, "wanted, one file": 0, "forbidden": 0, "unlabelled": 0}
    absent = set()
    with tempfile.TemporaryDirectory() as temporary:
        for case in cases:
            into = Path(temporary) / f"{case['repo']}@{case['commit']}".replace("/", "+")
            clone = clone_of(folder, case["repo"])
            if not into.exists():
                into.mkdir()
                if clone is None or not unpacked(clone, case["commit"], Path(case["path"]).suffix, into):
                    absent.add(case["repo"])
            if case["repo"] in absent:
                continue
            neighbours = [one for one in cases if (one["repo"], one["path"]) == (case["repo"], case["path"])]
            there, missed, others = judge(case, neighbours, findings_of(into / case["path"], case.get("settings", {})))
            alone = case.get("resolution") == "F1"
            for key, number in (("there", there), ("wanted", there + len(missed)), ("there, one file", there * alone),
                                ("wanted, one file", (there + len(missed)) * alone), *others.items()):
                totals[key] += number
            if listed and (missed or any(others.values())):
                names = ", ".join(f"{'|'.join(one.get('rules') or [one['rule']])} at {one['line']}" for one in missed)
                print(f"{case['id']} {case['repo']} {case['path']}: missed {names or 'none'}, {others}")
    if absent:
        print("not found:", ", ".join(sorted(absent)))
    return totals


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draw", action="append")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    labelled = [json.loads(line) for line in (HERE / "labelled-places.jsonl").read_text().splitlines()]
    for name in dict.fromkeys(case["draw"] for case in labelled):
        if given.draw and name not in given.draw:
            continue
        cases = [case for case in labelled if case["draw"] == name]
        totals = count(given.folder, cases, given.list)
        shares = [f"{totals[there]} of {totals[wanted]} {words}: {wilson(totals[there], totals[wanted])}"
                  for there, wanted, words in (("there", "wanted", "there"),
                                               ("there, one file", "wanted, one file", "of one file"))
                  if totals[wanted]]
        print(f"{name}: {'; '.join(shares)}; {totals['forbidden']} forbidden, {totals['unlabelled']} unlabelled")


if __name__ == "__main__":
    main()
