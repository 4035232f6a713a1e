"""Functions of a tree, compiled by JAX: runs of several seeds are one program each, which is compiled once."""

import hashlib
import sys

# What was compiled in this process, by its text and the structures that it takes and returns.
COMPILED = {}


class Program:
    """A function that is compiled for each kind of what it is given, unless the same program was compiled before."""

    def __init__(self, jax, function):
        self.jax, self.jitted, self.of_kinds = jax, jax.jit(function), {}

    def __call__(self, *given):
        leaves, structure = self.jax.tree_util.tree_flatten(given)
        kinds = structure, tuple(kind_of(leaf) for leaf in leaves)
        if kinds not in self.of_kinds:
            self.of_kinds[kinds] = self.compiled(given)
        return self.of_kinds[kinds](*given)

    def compiled(self, given):
        lowered = self.jitted.lower(*given)
        if getattr(self.jax.config, "jax_use_simplified_jaxpr_constants", False):
            # Then the text has none of the numbers that the function holds.
            return lowered.compile()
        text = hashlib.sha256(lowered.as_text().encode()).digest()
        key = text, lowered.in_tree, lowered.out_tree
        if key not in COMPILED:
            COMPILED[key] = lowered.compile()
        return COMPILED[key]


def kind_of(leaf):
    """What a program is compiled for: another shape or type of numbers needs another."""
    kind = str(leaf.dtype) if hasattr(leaf, "dtype") else type(leaf).__name__
    return sys.modules["numpy"].shape(leaf), kind, bool(getattr(leaf, "weak_type", False))
