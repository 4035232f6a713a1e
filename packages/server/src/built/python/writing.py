"""Writes a factory for a class of the user's: what is told was built at two widths and trained for a step, as it stands."""

import os
import random
from pathlib import Path

from .batches import Batch, tries, with_loss
from .factory import Built, Refusal, inputs_of, line_of, module_of, seeded, targets_of, told
from .sizes import BASE, Sizes, width_candidates
from .subject import Subject, WRITTEN
from .trainers import starter, trainers

TRIED = (64, 128)
EMPTY = Batch([], "None")


class Draft:
    """A factory as text."""

    def __init__(self, subject, sizes, names):
        self.subject, self.sizes, self.names = subject, sizes, names
        self.starter = starter(subject)
        self.batch, self.trainer = EMPTY, None

    def text(self):
        body = [*self.making(), *self.training()]
        imports = ["from types import SimpleNamespace"] if any("SimpleNamespace" in line for line in body) else []
        torches = ["import torch"] if any("torch." in line for line in body) else []
        torches += ["import torch.nn.functional as F"] if "F." in self.batch.loss else []
        of_mup = [self.trainer.of_mup] if self.trainer and self.trainer.of_mup else []
        of_mup += ["set_base_shapes"] if self.subject.uses_mup else []
        torches += ["from mup import %s" % ", ".join(of_mup)] if of_mup else []
        blocks = [self.heading(), *("\n".join(one) for one in (imports, torches, self.imports()) if one)]
        return "%s\n\n\n%s\n" % ("\n\n".join(blocks), "\n".join(body))

    def heading(self):
        subject, names = self.subject, self.names
        notes = ["%s: %s" % pair for pair in sorted(self.sizes.notes.items())]
        said = [one for one in (self.batch.says, self.trainer.says if self.trainer else "") if one]
        lines = ['"""%s at a width, for `widthwise coord-check --python %s:make`.' % (subject.model.__name__, names["file"]),
                 "", WRITTEN + "%s`, and yours to edit: data, rates and what grows with the width."
                 % names["asked"]]
        lines += [""] + ["- %s" % one for one in notes + said] if notes + said else []
        return "\n".join(lines + ['"""'])

    def imports(self):
        subject = self.subject
        own = [subject.model.__name__]
        others = []
        if subject.form == "class":
            if getattr(subject.module, subject.config.__name__, None) is subject.config:
                own.append(subject.config.__name__)
            else:
                others = ["from %s import %s" % (subject.config.__module__, subject.config.__name__)]
        return others + ["from %s import %s" % (self.names["module"], ", ".join(sorted(own)))]

    def arguments(self, is_held):
        """What is set of the object that holds all, or beside it."""
        return [pair for pair in self.sizes.values.items() if (pair[0] in self.subject.held) == is_held]

    def making(self):
        """The lines up to the model."""
        subject, depth = self.subject, ", depth=2" if self.sizes.has_depth else ""
        name = subject.model.__name__
        made = self.construction(name)
        if subject.uses_mup:
            rest = ", depth" if depth else ""
            return ["def build(width%s):" % depth.replace("=2", ""), *made, "    return model", "", "",
                    "def make(width%s):" % depth, "    model = build(width%s)" % rest,
                    "    set_base_shapes(model, build(%d%s), delta=build(%d%s))" % (BASE, rest, 2 * BASE, rest)]
        return ["def make(width%s):" % depth, *made]

    def construction(self, name):
        subject, started = self.subject, ["    model.%s()" % self.starter] if self.starter else []
        direct = ["%s=%s" % pair for pair in self.arguments(False)]
        if subject.form == "keywords":
            return ["    model = %s" % call_of(name, direct), *started]
        held = self.arguments(True)
        if subject.form == "method":
            lines = ["    config = %s.%s()" % (name, subject.config)]
            lines += ["    config.%s = %s" % pair for pair in held]
        else:
            kind = subject.config.__name__ if subject.form == "class" else "SimpleNamespace"
            lines = ["    config = %s" % call_of(kind, ["%s=%s" % pair for pair in held])]
        return [*lines, "    model = %s" % call_of(name, ["%s=config" % subject.holder.name, *direct]), *started]

    def training(self):
        batch, trainer = self.batch, self.trainer
        if batch is EMPTY:
            return ["    return model"]
        lines = ["    %s" % line for line in batch.lines]
        if trainer is not None:
            lines += ["    optimizer = %s" % trainer.call]
        lines += ["    loss = %s" % batch.loss] if batch.loss != "None" else []
        lines += ["    inputs = %s" % batch.inputs]
        return lines + ["    return model, %s, (inputs, %s), %s" % (
            "loss" if batch.loss != "None" else "None", batch.targets, "None" if trainer is None else "optimizer")]


def call_of(name, arguments):
    line = "%s(%s)" % (name, ", ".join(arguments))
    if len(line) <= 96:
        return line
    return "%s(\n%s    )" % (name, "".join("        %s,\n" % one for one in arguments))


class Writer:
    """Tries drafts, and keeps why those failed that came furthest."""

    def __init__(self, torch, subject, names, request):
        self.torch, self.subject, self.names = torch, subject, names
        self.evident, self.candidates = request["evident"], request["candidates"]
        self.grow_heads = request.get("headScaling") == "head-count"
        self.last, self.furthest, self.why, self.line = None, -1, "it takes nothing that could be its width", None

    def failed(self, draft, stage, error):
        if stage > self.furthest:
            self.last, self.furthest, self.why = draft, stage, told(error)
            self.line = line_of(error, self.subject.module.__file__)

    def made(self, draft, *sizes):
        """What the text of a draft makes of a width, and of a depth where it takes one; it is run as it would stand in its
        file."""
        space = {"__name__": "_widthwise_draft"}
        seeded(self.torch, 0)
        exec(compile(draft.text(), "<draft>", "exec"), space)
        return Built(self.torch, space["make"](*sizes))

    def write(self):
        """The first draft that is built and trained; None where none is."""
        for without_names in (False, True):
            for width in width_candidates(self.subject.fields, self.evident + self.candidates):
                sizes = Sizes(self.subject, width, self.evident, without_names=without_names, grow_heads=self.grow_heads)
                draft = Draft(self.subject, sizes, self.names)
                if self.grows(draft) and self.takes_batch(draft) and self.trains(draft):
                    return draft
            if not any(isinstance(one.default, str) for one in self.subject.fields):
                break
        return None

    def grows(self, draft):
        """Whether it is built, and larger at a larger width."""
        try:
            shapes = [[parameter.shape for parameter, _, _, _ in self.made(draft, width).parameters()] for width in TRIED]
            if shapes[0] != shapes[1]:
                if draft.sizes.has_depth and not self.deepens(draft):
                    draft.sizes.settle_depth()
                return True
            raise Refusal("no parameter grows with %s" % draft.sizes.width)
        except Exception as error:
            self.failed(draft, 0, error)
            return False

    def deepens(self, draft):
        """Whether there are more parameters at a larger depth, as of a model and not of one of its blocks."""
        counts = [len(self.made(draft, TRIED[0], depth).parameters()) for depth in (2, 3)]
        return counts[0] != counts[1]

    def takes_batch(self, draft):
        torch = self.torch
        try:
            models = [self.made(draft, width).model for width in TRIED]
        except Exception as error:
            self.failed(draft, 0, error)
            return False
        for model in models:
            model.train()
        for lines, inputs, is_told in tries(torch, models, TRIED, draft.sizes):
            try:
                outputs = [self.answer(model, lines, inputs, width) for model, width in zip(models, TRIED)]
                batch = with_loss(torch, lines, inputs, outputs, is_told)
                if batch is not None:
                    draft.batch = batch
                    return True
            except Exception as error:
                self.failed(draft, 1, error)
        return False

    def answer(self, model, lines, inputs, width):
        """What a model returns for a batch as it is written."""
        space = {"torch": self.torch, "width": width}
        seeded(self.torch, 0)
        exec("\n".join(lines), space)
        given = eval(inputs, space)
        return model(**given) if isinstance(given, dict) else model(given)

    def trains(self, draft):
        try:
            found = list(trainers(self.subject, self.made(draft, TRIED[0]).model))
        except Exception as error:
            self.failed(draft, 2, error)
            return False
        for trainer in found:
            draft.trainer = trainer
            try:
                for width in TRIED:
                    self.step(self.made(draft, width))
                return True
            except Exception as error:
                self.failed(draft, 2, error)
        return False

    def step(self, built):
        output = built.outputs(inputs_of(built.batch))
        loss = built.loss(output, targets_of(built.batch)) if built.loss else output
        (loss if loss.numel() == 1 else loss.float().pow(2).mean()).backward()
        for optimizer in built.optimizers:
            optimizer.step()


def written(torch, request, file):
    """A factory for a class of a file, as text, with why it is not whole where it is not."""
    module, root, dotted = module_of(file)
    folders = [str(Path(file).parent), str(root), str(Path(file).parent.parent), os.getcwd()]
    subject = Subject(torch, module, request["model"], folders)
    asked = "%s:%s" % (Path(os.path.relpath(file, str(root))).as_posix(), request["model"])
    names = {"module": dotted, "file": request["target"], "asked": asked}
    writer = Writer(torch, subject, names, request)
    state = random.getstate()
    draft = writer.write()
    random.setstate(state)
    if draft is not None:
        return {"text": draft.text(), "why": None, "line": None}
    return {"text": writer.last.text() if writer.last else None, "why": writer.why, "line": writer.line}
