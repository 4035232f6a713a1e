"""Training at one rate: every rate of the optimizer times a factor."""

import json
import time

from .factory import Refusal, finite
from .training import Batches


def scale_rates(built, factor):
    """The largest rate that the optimizer has by itself."""
    groups = [group for optimizer in built.optimizers for group in optimizer.param_groups]
    rates = [finite(group.get("lr")) for group in groups]
    if not groups:
        raise Refusal("it returns no optimizer, whose rate could be varied")
    if any(rate is None for rate in rates):
        raise Refusal("its optimizer has a group without a learning rate that could be varied")
    if max(rates) <= 0:
        raise Refusal("every learning rate of its optimizer is 0")
    for group in groups:
        for key in ("lr", "initial_lr"):
            if group.get(key) is not None:
                group[key] = group[key] * factor
    return max(rates)


class Rates:
    """The runs of one factory."""

    def __init__(self, torch, factory, functions, steps):
        self.factory, self.functions, self.steps = factory, functions, steps
        self.batches = Batches(torch)

    def shapes(self, width):
        """Of every parameter."""
        return self.batches.training(self.factory, width, 0).shapes()

    def run(self, width, seed, factor):
        """The loss before every step and after the last of them, until it is not finite."""
        began = time.perf_counter()
        training = self.batches.training(self.factory, width, seed)
        rate = scale_rates(training.built, factor)
        losses, stopped = [], None
        for step in range(self.steps + 1):
            loss = training.loss_of(training.output())
            losses.append(finite(loss))
            if losses[-1] is None:
                stopped = step
                break
            if step < self.steps:
                training.advance(loss)
        return {"width": width, "seed": seed, "factor": factor, "rate": rate, "losses": losses, "stoppedAt": stopped,
                "hadDropout": training.had_dropout or self.functions.had_dropout, "seconds": time.perf_counter() - began}


def train_what_is_asked(channel, asked, run):
    """One run after the other, as the parent asks for them: `[width, seed, factor]`; `null` ends it."""
    while True:
        channel.say("waiting")
        wanted = json.loads(asked.get())
        if wanted is None:
            return
        run(*wanted)
