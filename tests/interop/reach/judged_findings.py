"""Every finding on well-known code bases, each judged by hand: right or wrong by μP, with the reason.

    python judged_findings.py FOLDER_OF_CLONES [--repository OWNER/NAME]... [--lint FOLDER] [--unjudged FILE] [--write]

FOLDER_OF_CLONES has a clone OWNER+NAME (or OWNER+NAME/repo, or NAME) a code base of `judged-models.json`, which has the
commits; `huggingface+transformers` is the unpacked wheel, of which 120 files of models that a seed draws are linted.
`widthwise lint --profile mup` runs on each as it is at its commit, and `--profile advisory`, whose warnings are counted.
Every finding is looked up in `judged-findings.jsonl` by place, rule and weights. Printed are the counts a rule and a code
base, shares with Wilson's 95 % intervals, the findings louder than a hint that nobody has judged, with what they say and
what was judged at their place, and what was judged and is not said any more. Of hints a sample is judged. `--unjudged FILE`
writes a line for `judged-findings.jsonl` of each that nobody has judged, to say `right` and `reason` in. `--lint FOLDER`
keeps what lint says there as JSON, with the commit that said it, and takes it from there where it is, so that a run that
ends early goes on. `--write` writes all of it to docs/linter-findings.md, and refuses where a finding is not judged, a
code base is missing or only some were asked for.
"""

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from end_models import wilson
from labelled_places import clone_of, unpacked

HERE = Path(__file__).parent
COMMAND = HERE / "../../../packages/server/bin/widthwise.js"
PAGE = HERE / "../../../docs/linter-findings.md"
RULES = HERE / "../../../docs/rules"
BEGIN = "<!-- judged: python tests/interop/reach/judged_findings.py FOLDER_OF_CLONES --write -->"
END = "<!-- end of judged -->"
SAMPLED, SAMPLE, SEED = "huggingface/transformers", 120, 28


def sample_of(root):
    files = sorted(str(path.relative_to(root)) for path in root.rglob("modeling_*.py"))
    return sorted(random.Random(SEED).sample(files, SAMPLE))


def lint(root, paths, profile):
    done = subprocess.run(["node", str(COMMAND.resolve()), "lint", *paths, "--profile", profile, "--fail-on", "never",
                           "--json", "-"], cwd=root, capture_output=True, text=True)
    if not done.stdout.strip():
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def commit_here():
    return subprocess.run(["git", "rev-parse", "--short=8", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()


def said_of(folder, repository, commit, kept):
    file = kept and kept / f"{repository.replace('/', '+')}.json"
    if file and file.exists():
        return json.loads(file.read_text())
    clone = clone_of(folder, repository)
    if clone is None:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        root, paths = Path(temporary), ["."]
        if repository == SAMPLED:
            root, paths = clone.resolve(), sample_of(clone.resolve())
        elif not unpacked(clone, commit, ".py", temporary):
            return None
        said = {profile: lint(root, paths, profile) for profile in ("mup", "advisory")}
    said = {"files": len(said["mup"]["files"]), "unread": said["mup"]["unread"], "findings": said["mup"]["findings"],
            "warnings": sum(one["severity"] == "warning" for one in said["advisory"]["findings"]), "of": commit_here()}
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(said))
    return said


def key_of(finding):
    return (finding["repository"], finding["file"], finding["line"], finding["rule"], tuple(sorted(finding["weights"])))


def place_of(finding):
    return f"{finding['repository']} {finding['file']}:{finding['line']} {finding['rule']}"


def found_in(repository, said):
    return [{"repository": repository, "rule": one["code"], **{key: one[key] for key in ("file", "line", "severity", "message")},
             "weights": one.get("weights", [])} for one in said["findings"]]


def share(wrong, total):
    return f"{wrong} of {total}: {wilson(wrong, total)}"


def rule_name(rule):
    return (RULES / f"{rule}.md").read_text().splitlines()[0].removeprefix("# ")


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head),
                      *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)])


def by_rule(judged):
    rows = []
    for rule in sorted({one["rule"] for one in judged}):
        of_rule = [one for one in judged if one["rule"] == rule]
        rows.append((f"[{rule_name(rule)}](rules/{rule}.md)", len(of_rule), sum(not one["right"] for one in of_rule)))
    return table(("rule", "judged", "wrong"), [*rows, ("all", len(judged), share(sum(not one["right"] for one in judged), len(judged)))])


def by_code_base(everything, judged, commits):
    rows = []
    for repository, said in everything.items():
        mine = [one for one in judged if one["repository"] == repository]
        rows.append((f"{repository} {commits[repository]}", said["files"], len(mine), sum(not one["right"] for one in mine), said["warnings"], said["of"]))
    return table(("code base", "files", "findings", "wrong", "warnings, advisory", "linted at"),
                 [*rows, ("all", *(sum(row[column] for row in rows) for column in range(1, 5)), "")])


def reasons(judged):
    lines = []
    for rule in sorted({one["rule"] for one in judged}):
        lines.append(f"\n### {rule_name(rule)}\n")
        grouped = collections.defaultdict(list)
        for one in judged:
            if one["rule"] == rule:
                grouped[(one["right"], one["reason"])].append(one)
        for (right, reason), ones in sorted(grouped.items(), key=lambda group: (group[0][0], -len(group[1]))):
            places = collections.defaultdict(list)
            for one in ones:
                places[f"{one['repository']} `{one['file']}`"].append(str(one["line"]))
            where = "; ".join(f"{place}:{', '.join(numbers)}" for place, numbers in places.items())
            lines.append(f"- {'' if right else '**Wrong.** '}{reason} — {where}")
    return "\n".join(lines)


def page_of(everything, judged, commits):
    loud = [one for one in judged if one["severity"] != "hint"]
    hints = [one for one in judged if one["severity"] == "hint"]
    files = sum(said["files"] for said in everything.values())
    wrong = sum(not one["right"] for one in loud)
    return "\n".join([
        f"{wrong} wrong findings louder than a hint in {files} files, {100 * wrong / files:.2f} per 100.\n",
        by_rule(loud), "", by_code_base(everything, loud, commits), "",
        f"Of the hints {len(hints)} that a seed drew are judged; wrong are {share(sum(not one['right'] for one in hints), len(hints))}.",
        "\n## Why each is right or wrong", reasons(loud), "\n## Why each hint is", reasons(hints), ""])


def line_for(finding, commits):
    return json.dumps({"repository": finding["repository"], "commit": commits[finding["repository"]],
                       **{key: finding[key] for key in ("file", "line", "rule", "weights", "message")},
                       "right": None, "reason": None}, ensure_ascii=False)


def print_unjudged(findings, known):
    print(f"not judged: {len(findings)}")
    for one in findings:
        print(f"  {place_of(one)}\n    {one['message']}")
        same_place = [old for old in known if place_of(old) == place_of(one)]
        for old in same_place:
            print(f"    judged {'right' if old['right'] else 'wrong'} there without {', '.join(set(one['weights']) - set(old['weights'])) or 'any'}"
                  f" and with {', '.join(set(old['weights']) - set(one['weights'])) or 'no more'}: {old['reason']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repository", action="append")
    parser.add_argument("--lint", type=Path)
    parser.add_argument("--unjudged", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    commits = {name.replace("+", "/", 1): commit
               for name, commit in json.loads((HERE / "judged-models.json").read_text())["commits"].items()}
    known = [json.loads(line) for line in (HERE / "judged-findings.jsonl").read_text().splitlines()]
    unknown = sorted(set(given.repository or []) - set(commits))
    if unknown:
        parser.error(f"{', '.join(unknown)}: none of {', '.join(commits)}")
    everything, absent = {}, []
    for repository, commit in commits.items():
        if not given.repository or repository in given.repository:
            start = time.monotonic()
            said = said_of(given.folder, repository, commit, given.lint)
            absent.append(repository) if said is None else everything.update({repository: said})
            print(f"{repository}: {time.monotonic() - start:.0f} s", file=sys.stderr)
    found = {key_of(one): one for name, said in everything.items() for one in found_in(name, said)}
    judged = [{**one, **found[key_of(one)]} for one in known if key_of(one) in found]
    judgements = {key_of(one) for one in judged}
    unjudged = [one for key, one in found.items() if key not in judgements and one["severity"] != "hint"]
    gone = [one for one in known if one["repository"] in everything and key_of(one) not in found]
    print_unjudged(unjudged, known)
    print(f"not said any more: {len(gone)}")
    for one in gone:
        print(f"  {place_of(one)} {', '.join(one['weights'])}")
    if given.unjudged:
        given.unjudged.write_text("".join(f"{line_for(one, commits)}\n" for one in unjudged))
    print("not found:", ", ".join(absent) or "none")
    page = page_of(everything, judged, commits)
    print(page.split("\n## Why")[0])
    if given.write:
        if unjudged or absent or given.repository:
            raise SystemExit("nothing is written: the page has every finding of all code bases, judged")
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{page}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
